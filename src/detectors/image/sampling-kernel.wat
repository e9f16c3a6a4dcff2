;; Hot loops over summed areas and grids of 64 × 64: means of cells, and low frequencies. Assembled into
;; sampling-kernel.ts by src/evaluation/images/assemble-kernel.mjs. Every number is rounded where the same steps in
;; JavaScript round it, so that keys are the same to the bit.
(module
  (import "assay" "memory" (memory 1 65536 shared))

  ;; Sums of bytes $stride apart over every upper left rectangle, as 64-bit floats: $w + 1 columns, $h + 1 rows.
  (func (export "sumAreas") (param $values i32) (param $stride i32) (param $w i32) (param $h i32) (param $sums i32)
    (local $end i32) (local $pitch i32) (local $row f64)
    (local.set $pitch (i32.shl (i32.add (local.get $w) (i32.const 1)) (i32.const 3)))
    (local.set $end (i32.add (local.get $sums) (local.get $pitch)))
    (loop $zero
      (f64.store (local.get $sums) (f64.const 0))
      (local.set $sums (i32.add (local.get $sums) (i32.const 8)))
      (br_if $zero (i32.lt_u (local.get $sums) (local.get $end))))
    (loop $line
      (f64.store (local.get $sums) (f64.const 0))
      (local.set $end (i32.add (local.get $sums) (local.get $pitch)))
      (local.set $sums (i32.add (local.get $sums) (i32.const 8)))
      (local.set $row (f64.const 0))
      (loop $pixel
        (local.set $row (f64.add (local.get $row) (f64.convert_i32_u (i32.load8_u (local.get $values)))))
        (f64.store
          (local.get $sums)
          (f64.add (f64.load (i32.sub (local.get $sums) (local.get $pitch))) (local.get $row)))
        (local.set $values (i32.add (local.get $values) (local.get $stride)))
        (local.set $sums (i32.add (local.get $sums) (i32.const 8)))
        (br_if $pixel (i32.lt_u (local.get $sums) (local.get $end))))
      (local.set $h (i32.sub (local.get $h) (i32.const 1)))
      (br_if $line (local.get $h))))

  ;; Sums at $count columns between two rows of a table of 64-bit sums, into 64-bit $out. A column is 32 bytes: the
  ;; weights of its left and its right sum (64 bits each), then the place of the left one, in bytes from the row's start.
  (func (export "sampleRow")
    (param $upper i32) (param $lower i32) (param $columns i32) (param $count i32) (param $share f64) (param $out i32)
    (local $end i32) (local $at i32) (local $weights v128) (local $t v128) (local $b v128) (local $rows v128)
    (local.set $rows
      (f64x2.replace_lane 1
        (f64x2.splat (f64.sub (f64.const 1) (local.get $share)))
        (local.get $share)))
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 3))))
    (loop $next
      (local.set $weights (v128.load (local.get $columns)))
      (local.set $at (i32.load offset=16 (local.get $columns)))
      (local.set $t (f64x2.mul (v128.load (i32.add (local.get $upper) (local.get $at))) (local.get $weights)))
      (local.set $b (f64x2.mul (v128.load (i32.add (local.get $lower) (local.get $at))) (local.get $weights)))
      (local.set $t
        (f64x2.mul
          (local.get $rows)
          (f64x2.add
            (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $t) (local.get $b))
            (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $t) (local.get $b)))))
      (f64.store
        (local.get $out)
        (f64.add (f64x2.extract_lane 0 (local.get $t)) (f64x2.extract_lane 1 (local.get $t))))
      (local.set $columns (i32.add (local.get $columns) (i32.const 32)))
      (local.set $out (i32.add (local.get $out) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $out) (local.get $end)))))

  ;; Means of the $count cells between two rows of sums, as 32-bit floats from $out on; writes up to 4 bytes more.
  (func (export "cellMeans")
    (param $above i32) (param $below i32) (param $count i32) (param $perCell f64) (param $out i32)
    (local $end i32) (local $per v128)
    (local.set $per (f64x2.splat (local.get $perCell)))
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (loop $next
      (v128.store64_lane 0 (local.get $out)
        (f32x4.demote_f64x2_zero
          (f64x2.mul
            (local.get $per)
            (f64x2.add
              (f64x2.sub
                (f64x2.sub (v128.load offset=8 (local.get $below)) (v128.load (local.get $below)))
                (v128.load offset=8 (local.get $above)))
              (v128.load (local.get $above))))))
      (local.set $above (i32.add (local.get $above) (i32.const 16)))
      (local.set $below (i32.add (local.get $below) (i32.const 16)))
      (local.set $out (i32.add (local.get $out) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $out) (local.get $end)))))

  ;; 32-bit floats of 0 to 255 rounded to bytes.
  (func (export "roundToBytes") (param $from i32) (param $to i32) (param $count i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $to) (local.get $count)))
    (loop $next
      (i32.store8
        (local.get $to)
        (i32.trunc_sat_f64_s (f64.add (f64.promote_f32 (f32.load (local.get $from))) (f64.const 0.5))))
      (local.set $from (i32.add (local.get $from) (i32.const 4)))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $to) (local.get $end)))))

  ;; The 16 × 16 low frequencies of the 64 × 64 grid of 32-bit floats at $grid, as 32-bit floats at $out. $basis: 16 × 32
  ;; cosines of 64 bits; $pairs: 8 × 32 pairs of cosines, of frequencies j and j + 2, j = 0, 1, 4, 5, 8, 9, 12, 13. Uses 40
  ;; kB from $work on: rows folded by symmetry, evenly (16 kB) and oddly (16 kB), then the vertical frequencies.
  (func (export "lowFrequencies") (param $grid i32) (param $basis i32) (param $pairs i32) (param $work i32) (param $out i32)
    (local $upper i32) (local $lower i32) (local $i i32) (local $j i32) (local $k i32) (local $p i32) (local $b i32)
    (local $vertical i32) (local $sums i32) (local $v v128) (local $u v128) (local $w v128)
    (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $a3 v128) (local $left f64) (local $right f64)
    (local.set $vertical (i32.add (local.get $work) (i32.const 32768)))
    (local.set $sums (i32.add (local.get $work) (i32.const 40960)))

    ;; 1. Rows k and 63 − k, added and subtracted.
    (local.set $p (local.get $work))
    (loop $fold
      (local.set $upper (i32.add (local.get $grid) (i32.shl (local.get $k) (i32.const 8))))
      (local.set $lower
        (i32.add (local.get $grid) (i32.shl (i32.sub (i32.const 63) (local.get $k)) (i32.const 8))))
      (local.set $j (i32.const 0))
      (loop $column
        (local.set $u (v128.load (local.get $upper)))
        (local.set $v (v128.load (local.get $lower)))
        (local.set $w (f32x4.add (local.get $u) (local.get $v)))
        (v128.store (local.get $p) (f64x2.promote_low_f32x4 (local.get $w)))
        (v128.store offset=16 (local.get $p)
          (f64x2.promote_low_f32x4
            (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $w) (local.get $w))))
        (local.set $w (f32x4.sub (local.get $u) (local.get $v)))
        (v128.store offset=16384 (local.get $p) (f64x2.promote_low_f32x4 (local.get $w)))
        (v128.store offset=16400 (local.get $p)
          (f64x2.promote_low_f32x4
            (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $w) (local.get $w))))
        (local.set $upper (i32.add (local.get $upper) (i32.const 16)))
        (local.set $lower (i32.add (local.get $lower) (i32.const 16)))
        (local.set $p (i32.add (local.get $p) (i32.const 32)))
        (local.set $j (i32.add (local.get $j) (i32.const 4)))
        (br_if $column (i32.lt_u (local.get $j) (i32.const 64))))
      (local.set $k (i32.add (local.get $k) (i32.const 1)))
      (br_if $fold (i32.lt_u (local.get $k) (i32.const 32))))

    ;; 2. Vertical frequencies, eight columns at once; the running sums are rounded to 32 bits at every step.
    (loop $frequency
      (local.set $j (i32.const 0))
      (loop $columns
        (local.set $a0 (v128.const i64x2 0 0))
        (local.set $a1 (v128.const i64x2 0 0))
        (local.set $a2 (v128.const i64x2 0 0))
        (local.set $a3 (v128.const i64x2 0 0))
        (local.set $b (i32.add (local.get $basis) (i32.shl (local.get $i) (i32.const 8))))
        ;; Index i is frequency i + 1: odd frequencies are antisymmetric.
        (local.set $p
          (i32.add
            (i32.add (local.get $work) (i32.shl (local.get $j) (i32.const 3)))
            (select (i32.const 0) (i32.const 16384) (i32.and (local.get $i) (i32.const 1)))))
        (local.set $k (i32.const 0))
        (loop $sum
          (local.set $w (v128.load64_splat (local.get $b)))
          (local.set $a0 (f64x2.promote_low_f32x4 (f32x4.demote_f64x2_zero
            (f64x2.add (local.get $a0) (f64x2.mul (local.get $w) (v128.load (local.get $p)))))))
          (local.set $a1 (f64x2.promote_low_f32x4 (f32x4.demote_f64x2_zero
            (f64x2.add (local.get $a1) (f64x2.mul (local.get $w) (v128.load offset=16 (local.get $p)))))))
          (local.set $a2 (f64x2.promote_low_f32x4 (f32x4.demote_f64x2_zero
            (f64x2.add (local.get $a2) (f64x2.mul (local.get $w) (v128.load offset=32 (local.get $p)))))))
          (local.set $a3 (f64x2.promote_low_f32x4 (f32x4.demote_f64x2_zero
            (f64x2.add (local.get $a3) (f64x2.mul (local.get $w) (v128.load offset=48 (local.get $p)))))))
          (local.set $b (i32.add (local.get $b) (i32.const 8)))
          (local.set $p (i32.add (local.get $p) (i32.const 512)))
          (local.set $k (i32.add (local.get $k) (i32.const 1)))
          (br_if $sum (i32.lt_u (local.get $k) (i32.const 32))))
        (local.set $p
          (i32.add
            (local.get $vertical)
            (i32.add (i32.shl (local.get $i) (i32.const 9)) (i32.shl (local.get $j) (i32.const 3)))))
        (v128.store (local.get $p) (local.get $a0))
        (v128.store offset=16 (local.get $p) (local.get $a1))
        (v128.store offset=32 (local.get $p) (local.get $a2))
        (v128.store offset=48 (local.get $p) (local.get $a3))
        (local.set $j (i32.add (local.get $j) (i32.const 8)))
        (br_if $columns (i32.lt_u (local.get $j) (i32.const 64))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $frequency (i32.lt_u (local.get $i) (i32.const 16))))

    ;; 3. Horizontal frequencies of each row: differences for even indexes, sums for odd ones.
    (local.set $i (i32.const 0))
    (loop $row
      (local.set $k (i32.const 0))
      (loop $fold
        (local.set $p (i32.add (local.get $vertical) (i32.shl (local.get $i) (i32.const 9))))
        (local.set $left (f64.load (i32.add (local.get $p) (i32.shl (local.get $k) (i32.const 3)))))
        (local.set $right
          (f64.load (i32.add (local.get $p) (i32.shl (i32.sub (i32.const 63) (local.get $k)) (i32.const 3)))))
        (local.set $p (i32.add (local.get $sums) (i32.shl (local.get $k) (i32.const 3))))
        (f64.store (local.get $p) (f64.promote_f32 (f32.demote_f64 (f64.sub (local.get $left) (local.get $right)))))
        (f64.store offset=256 (local.get $p) (f64.promote_f32 (f32.demote_f64 (f64.add (local.get $left) (local.get $right)))))
        (local.set $k (i32.add (local.get $k) (i32.const 1)))
        (br_if $fold (i32.lt_u (local.get $k) (i32.const 32))))
      (local.set $j (i32.const 0))
      (local.set $b (local.get $pairs))
      (loop $pair
        (local.set $a0 (v128.const i64x2 0 0))
        (local.set $p
          (i32.add
            (local.get $sums)
            (i32.shl (i32.and (local.get $j) (i32.const 1)) (i32.const 8))))
        (local.set $k (i32.const 0))
        (loop $sum
          (local.set $a0
            (f64x2.add
              (local.get $a0)
              (f64x2.mul (v128.load (local.get $b)) (v128.load64_splat (local.get $p)))))
          (local.set $b (i32.add (local.get $b) (i32.const 16)))
          (local.set $p (i32.add (local.get $p) (i32.const 8)))
          (local.set $k (i32.add (local.get $k) (i32.const 1)))
          (br_if $sum (i32.lt_u (local.get $k) (i32.const 32))))
        ;; The pair's first frequency: four times half of j, rounded down, and the last bit of j.
        (local.set $p
          (i32.add
            (i32.add (local.get $out) (i32.shl (local.get $i) (i32.const 6)))
            (i32.shl
              (i32.add
                (i32.shl (i32.shr_u (local.get $j) (i32.const 1)) (i32.const 2))
                (i32.and (local.get $j) (i32.const 1)))
              (i32.const 2))))
        (f32.store (local.get $p) (f32.demote_f64 (f64x2.extract_lane 0 (local.get $a0))))
        (f32.store offset=8 (local.get $p) (f32.demote_f64 (f64x2.extract_lane 1 (local.get $a0))))
        (local.set $j (i32.add (local.get $j) (i32.const 1)))
        (br_if $pair (i32.lt_u (local.get $j) (i32.const 8))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $row (i32.lt_u (local.get $i) (i32.const 16)))))
)
