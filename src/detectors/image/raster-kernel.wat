;; Hot loops over brightness rasters: corner response and blur. Assembled into raster-kernel.ts by
;; src/evaluation/images/assemble-kernel.mjs. Four or eight pixels at a time; rows may be read and written some
;; bytes beyond their end, so planes need 16 spare bytes.
(module
  (import "assay" "memory" (memory 1 65536 shared))

  ;; Gradient products of the Sobel operator for every pixel but the outermost: planes xx, xy, yy of 32-bit floats.
  (func (export "gradients")
    (param $luma i32) (param $w i32) (param $h i32) (param $xx i32) (param $xy i32) (param $yy i32)
    (local $x i32) (local $y i32) (local $p i32) (local $o i32)
    (local $nw v128) (local $n v128) (local $ne v128) (local $west v128) (local $east v128)
    (local $sw v128) (local $s v128) (local $se v128) (local $dx v128) (local $dy v128) (local $two v128)
    (local.set $two (f32x4.splat (f32.const 2)))
    (local.set $y (i32.const 1))
    (block $done
      (loop $row
        (br_if $done (i32.ge_s (local.get $y) (i32.sub (local.get $h) (i32.const 1))))
        (local.set $x (i32.const 1))
        (loop $column
          (local.set $p
            (i32.add (local.get $luma) (i32.add (i32.mul (local.get $y) (local.get $w)) (local.get $x))))
          (local.set $o
            (i32.shl (i32.add (i32.mul (local.get $y) (local.get $w)) (local.get $x)) (i32.const 2)))
          (local.set $nw (f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (i32.sub (i32.sub (local.get $p) (local.get $w)) (i32.const 1)))))))
          (local.set $n (f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (i32.sub (local.get $p) (local.get $w)))))))
          (local.set $ne (f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (i32.add (i32.sub (local.get $p) (local.get $w)) (i32.const 1)))))))
          (local.set $west (f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (i32.sub (local.get $p) (i32.const 1)))))))
          (local.set $east (f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (i32.add (local.get $p) (i32.const 1)))))))
          (local.set $sw (f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (i32.sub (i32.add (local.get $p) (local.get $w)) (i32.const 1)))))))
          (local.set $s (f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (i32.add (local.get $p) (local.get $w)))))))
          (local.set $se (f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (i32.add (i32.add (local.get $p) (local.get $w)) (i32.const 1)))))))
          (local.set $dx
            (f32x4.add
              (f32x4.add
                (f32x4.sub (local.get $ne) (local.get $nw))
                (f32x4.sub (local.get $se) (local.get $sw)))
              (f32x4.mul (local.get $two) (f32x4.sub (local.get $east) (local.get $west)))))
          (local.set $dy
            (f32x4.add
              (f32x4.add
                (f32x4.sub (local.get $sw) (local.get $nw))
                (f32x4.sub (local.get $se) (local.get $ne)))
              (f32x4.mul (local.get $two) (f32x4.sub (local.get $s) (local.get $n)))))
          (v128.store (i32.add (local.get $xx) (local.get $o)) (f32x4.mul (local.get $dx) (local.get $dx)))
          (v128.store (i32.add (local.get $xy) (local.get $o)) (f32x4.mul (local.get $dx) (local.get $dy)))
          (v128.store (i32.add (local.get $yy) (local.get $o)) (f32x4.mul (local.get $dy) (local.get $dy)))
          (local.set $x (i32.add (local.get $x) (i32.const 4)))
          (br_if $column (i32.lt_s (local.get $x) (i32.sub (local.get $w) (i32.const 1)))))
        (local.set $y (i32.add (local.get $y) (i32.const 1)))
        (br $row))))

  ;; Sums of five neighbours at $step bytes from each other, for $count floats.
  (func (export "sumFive")
    (param $from i32) (param $to i32) (param $count i32) (param $step i32)
    (local $end i32) (local $two i32)
    (local.set $two (i32.shl (local.get $step) (i32.const 1)))
    (local.set $end (i32.add (local.get $to) (i32.shl (local.get $count) (i32.const 2))))
    (loop $next
      (v128.store (local.get $to)
        (f32x4.add
          (f32x4.add
            (f32x4.add
              (v128.load (i32.sub (local.get $from) (local.get $two)))
              (v128.load (i32.add (local.get $from) (local.get $two))))
            (f32x4.add
              (v128.load (i32.sub (local.get $from) (local.get $step)))
              (v128.load (i32.add (local.get $from) (local.get $step)))))
          (v128.load (local.get $from))))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $to) (local.get $end)))))

  ;; Harris's response det − k·trace², or 0 where it is negative, for $count pixels; $out may be one of the planes.
  (func (export "response")
    (param $xx i32) (param $xy i32) (param $yy i32) (param $out i32) (param $count i32) (param $k f32)
    (local $i i32) (local $end i32) (local $a v128) (local $b v128) (local $c v128) (local $kk v128)
    (local.set $kk (f32x4.splat (local.get $k)))
    (local.set $end (i32.shl (local.get $count) (i32.const 2)))
    (loop $next
      (local.set $a (v128.load (i32.add (local.get $xx) (local.get $i))))
      (local.set $b (v128.load (i32.add (local.get $xy) (local.get $i))))
      (local.set $c (v128.load (i32.add (local.get $yy) (local.get $i))))
      (v128.store (i32.add (local.get $out) (local.get $i))
        (f32x4.max
          (f32x4.splat (f32.const 0))
          (f32x4.sub
            (f32x4.sub (f32x4.mul (local.get $a) (local.get $c)) (f32x4.mul (local.get $b) (local.get $b)))
            (f32x4.mul
              (local.get $kk)
              (f32x4.mul
                (f32x4.add (local.get $a) (local.get $c))
                (f32x4.add (local.get $a) (local.get $c)))))))
      (local.set $i (i32.add (local.get $i) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $i) (local.get $end)))))

  ;; One direction of the 7 taps 1-6-15-20-15-6-1 over $count bytes, neighbours at $step bytes; rounded down, /64.
  (func (export "blurSeven")
    (param $from i32) (param $to i32) (param $count i32) (param $step i32)
    (local $end i32) (local $p i32)
    (local.set $end (i32.add (local.get $to) (local.get $count)))
    (loop $next
      (local.set $p (local.get $from))
      (v128.store64_lane 0 (local.get $to)
        (i8x16.narrow_i16x8_u
          (i16x8.shr_u
            (i16x8.add
              (i16x8.add
                (i16x8.add
                  (v128.load8x8_u (i32.sub (local.get $p) (i32.mul (local.get $step) (i32.const 3))))
                  (v128.load8x8_u (i32.add (local.get $p) (i32.mul (local.get $step) (i32.const 3)))))
                (i16x8.mul
                  (i16x8.splat (i32.const 6))
                  (i16x8.add
                    (v128.load8x8_u (i32.sub (local.get $p) (i32.shl (local.get $step) (i32.const 1))))
                    (v128.load8x8_u (i32.add (local.get $p) (i32.shl (local.get $step) (i32.const 1)))))))
              (i16x8.add
                (i16x8.mul
                  (i16x8.splat (i32.const 15))
                  (i16x8.add
                    (v128.load8x8_u (i32.sub (local.get $p) (local.get $step)))
                    (v128.load8x8_u (i32.add (local.get $p) (local.get $step)))))
                (i16x8.add
                  (i16x8.mul (i16x8.splat (i32.const 20)) (v128.load8x8_u (local.get $p)))
                  (i16x8.splat (i32.const 32)))))
            (i32.const 6))
          (i16x8.splat (i32.const 0))))
      (local.set $from (i32.add (local.get $from) (i32.const 8)))
      (local.set $to (i32.add (local.get $to) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $to) (local.get $end)))))

  ;; Indexes of the pixels whose response is above 0 and a local maximum, in columns $x0 to before $x1 and rows $y0 to
  ;; before $y1, row by row, from $out on; returns their end. Of two equal neighbours the later one stays.
  (func (export "maxima")
    (param $response i32) (param $w i32) (param $x0 i32) (param $x1 i32) (param $y0 i32) (param $y1 i32) (param $out i32)
    (result i32)
    (local $x i32) (local $p i32) (local $above i32) (local $below i32) (local $bits i32) (local $row i32) (local $r v128)
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $y0) (local.get $y1)))
        (local.set $row (i32.mul (local.get $y0) (local.get $w)))
        (local.set $x (local.get $x0))
        (block $rowDone
          (loop $column
            (br_if $rowDone (i32.ge_s (local.get $x) (local.get $x1)))
            (local.set $p
              (i32.add
                (local.get $response)
                (i32.shl (i32.add (local.get $row) (local.get $x)) (i32.const 2))))
            (local.set $above (i32.sub (local.get $p) (i32.shl (local.get $w) (i32.const 2))))
            (local.set $below (i32.add (local.get $p) (i32.shl (local.get $w) (i32.const 2))))
            (local.set $r (v128.load (local.get $p)))
            (local.set $bits
              (i32x4.bitmask
                (v128.and
                  (v128.and
                    (v128.and
                      (f32x4.gt (local.get $r) (f32x4.splat (f32.const 0)))
                      (f32x4.ge (local.get $r) (v128.load (i32.sub (local.get $p) (i32.const 4)))))
                    (v128.and
                      (f32x4.gt (local.get $r) (v128.load offset=4 (local.get $p)))
                      (f32x4.ge (local.get $r) (v128.load (local.get $above)))))
                  (v128.and
                    (v128.and
                      (f32x4.gt (local.get $r) (v128.load (local.get $below)))
                      (f32x4.ge (local.get $r) (v128.load (i32.sub (local.get $above) (i32.const 4)))))
                    (v128.and
                      (f32x4.ge (local.get $r) (v128.load offset=4 (local.get $above)))
                      (v128.and
                        (f32x4.gt (local.get $r) (v128.load (i32.sub (local.get $below) (i32.const 4))))
                        (f32x4.gt (local.get $r) (v128.load offset=4 (local.get $below)))))))))
            (block $taken
              (loop $lane
                (br_if $taken (i32.eqz (local.get $bits)))
                (local.set $p (i32.add (local.get $x) (i32.ctz (local.get $bits))))
                (br_if $taken (i32.ge_s (local.get $p) (local.get $x1)))
                (i32.store (local.get $out) (i32.add (local.get $row) (local.get $p)))
                (local.set $out (i32.add (local.get $out) (i32.const 4)))
                (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
                (br $lane)))
            (local.set $x (i32.add (local.get $x) (i32.const 4)))
            (br $column)))
        (local.set $y0 (i32.add (local.get $y0) (i32.const 1)))
        (br $next)))
    (local.get $out))

  ;; First moments of brightness over a disc around each of $count places (byte addresses at $places): pairs (across,
  ;; down) of 32-bit whole numbers at $out. $weights: 27 rows of 32 16-bit weights across, then as many down, 0 outside the
  ;; disc. Reads 13 bytes before a place to 18 after, in 13 rows above to 13 below.
  (func (export "moments")
    (param $places i32) (param $count i32) (param $pitch i32) (param $weights i32) (param $out i32)
    (local $row i32) (local $p i32) (local $w i32) (local $x v128) (local $y v128) (local $v v128)
    (loop $place
      (local.set $p
        (i32.sub
          (i32.sub (i32.load (local.get $places)) (i32.mul (local.get $pitch) (i32.const 13)))
          (i32.const 13)))
      (local.set $w (local.get $weights))
      (local.set $row (i32.const 27))
      (local.set $x (v128.const i32x4 0 0 0 0))
      (local.set $y (v128.const i32x4 0 0 0 0))
      (loop $next
        (local.set $v (v128.load8x8_u (local.get $p)))
        (local.set $x (i32x4.add (local.get $x) (i32x4.dot_i16x8_s (local.get $v) (v128.load (local.get $w)))))
        (local.set $y (i32x4.add (local.get $y) (i32x4.dot_i16x8_s (local.get $v) (v128.load offset=1728 (local.get $w)))))
        (local.set $v (v128.load8x8_u offset=8 (local.get $p)))
        (local.set $x (i32x4.add (local.get $x) (i32x4.dot_i16x8_s (local.get $v) (v128.load offset=16 (local.get $w)))))
        (local.set $y (i32x4.add (local.get $y) (i32x4.dot_i16x8_s (local.get $v) (v128.load offset=1744 (local.get $w)))))
        (local.set $v (v128.load8x8_u offset=16 (local.get $p)))
        (local.set $x (i32x4.add (local.get $x) (i32x4.dot_i16x8_s (local.get $v) (v128.load offset=32 (local.get $w)))))
        (local.set $y (i32x4.add (local.get $y) (i32x4.dot_i16x8_s (local.get $v) (v128.load offset=1760 (local.get $w)))))
        (local.set $v (v128.load8x8_u offset=24 (local.get $p)))
        (local.set $x (i32x4.add (local.get $x) (i32x4.dot_i16x8_s (local.get $v) (v128.load offset=48 (local.get $w)))))
        (local.set $y (i32x4.add (local.get $y) (i32x4.dot_i16x8_s (local.get $v) (v128.load offset=1776 (local.get $w)))))
        (local.set $p (i32.add (local.get $p) (local.get $pitch)))
        (local.set $w (i32.add (local.get $w) (i32.const 64)))
        (local.set $row (i32.sub (local.get $row) (i32.const 1)))
        (br_if $next (local.get $row)))
      (i32.store
        (local.get $out)
        (i32.add
          (i32.add (i32x4.extract_lane 0 (local.get $x)) (i32x4.extract_lane 1 (local.get $x)))
          (i32.add (i32x4.extract_lane 2 (local.get $x)) (i32x4.extract_lane 3 (local.get $x)))))
      (i32.store offset=4
        (local.get $out)
        (i32.add
          (i32.add (i32x4.extract_lane 0 (local.get $y)) (i32x4.extract_lane 1 (local.get $y)))
          (i32.add (i32x4.extract_lane 2 (local.get $y)) (i32x4.extract_lane 3 (local.get $y)))))
      (local.set $out (i32.add (local.get $out) (i32.const 8)))
      (local.set $places (i32.add (local.get $places) (i32.const 4)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $place (local.get $count))))

  ;; The 256 comparisons of one patch, as 8 words at $out. $pattern: for each four signed bytes, ax, ay, bx, by; $advances:
  ;; for each a 32-bit float. A bit says that brightness at a less that at b is below $slope times the advance.
  (func (export "comparePatch")
    (param $place i32) (param $pitch i32) (param $pattern i32) (param $advances i32) (param $slope f64) (param $out i32)
    (local $bit i32) (local $word i32) (local $end i32)
    (local.set $end (i32.add (local.get $out) (i32.const 32)))
    (loop $words
      (local.set $word (i32.const 0))
      (local.set $bit (i32.const 0))
      (loop $bits
        (local.set $word
          (i32.or
            (local.get $word)
            (i32.shl
              (f64.lt
                (f64.convert_i32_s
                  (i32.sub
                    (i32.load8_u
                      (i32.add
                        (i32.add (local.get $place) (i32.load8_s (local.get $pattern)))
                        (i32.mul (local.get $pitch) (i32.load8_s offset=1 (local.get $pattern)))))
                    (i32.load8_u
                      (i32.add
                        (i32.add (local.get $place) (i32.load8_s offset=2 (local.get $pattern)))
                        (i32.mul (local.get $pitch) (i32.load8_s offset=3 (local.get $pattern)))))))
                (f64.mul (local.get $slope) (f64.promote_f32 (f32.load (local.get $advances)))))
              (local.get $bit))))
        (local.set $pattern (i32.add (local.get $pattern) (i32.const 4)))
        (local.set $advances (i32.add (local.get $advances) (i32.const 4)))
        (local.set $bit (i32.add (local.get $bit) (i32.const 1)))
        (br_if $bits (i32.lt_u (local.get $bit) (i32.const 32))))
      (i32.store (local.get $out) (local.get $word))
      (local.set $out (i32.add (local.get $out) (i32.const 4)))
      (br_if $words (i32.lt_u (local.get $out) (local.get $end)))))
)
