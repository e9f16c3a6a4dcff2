;; Hot loops of the Hamming index. Assembled into hamming-kernel.ts by src/evaluation/images/assemble-kernel.mjs.
;; Keys are 32 bytes. The distance is written out in each loop, for the engine of Node 20 does not inline calls. Distances are counted with i64.popcnt: measured 15 % faster than i8x16.popcnt with its reduction.
(module
  (import "assay" "memory" (memory 1 65536 shared))

  ;; Compares with $n keys from $keys on and writes (index, distance) pairs to $out; returns how many.
  ;; $out must have room for $n pairs.
  (func (export "scan")
    (param $q i32) (param $keys i32) (param $n i32) (param $radius i32) (param $out i32) (result i32)
    (local $i i32) (local $d i32) (local $count i32)
    (block $done
      (br_if $done (i32.eqz (local.get $n)))
      (loop $next
        (local.set $d (i32.wrap_i64
            (i64.add
              (i64.add
                (i64.popcnt (i64.xor (i64.load (local.get $q)) (i64.load (local.get $keys))))
                (i64.popcnt (i64.xor (i64.load offset=8 (local.get $q)) (i64.load offset=8 (local.get $keys)))))
              (i64.add
                (i64.popcnt (i64.xor (i64.load offset=16 (local.get $q)) (i64.load offset=16 (local.get $keys))))
                (i64.popcnt (i64.xor (i64.load offset=24 (local.get $q)) (i64.load offset=24 (local.get $keys))))))))
        ;; Written always, kept only when near: no branch to mispredict.
        (i32.store (local.get $out) (local.get $i))
        (i32.store offset=4 (local.get $out) (local.get $d))
        (local.set $d (i32.le_u (local.get $d) (local.get $radius)))
        (local.set $count (i32.add (local.get $count) (local.get $d)))
        (local.set $out (i32.add (local.get $out) (i32.shl (local.get $d) (i32.const 3))))
        (local.set $keys (i32.add (local.get $keys) (i32.const 32)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $next (i32.lt_u (local.get $i) (local.get $n)))))
    (local.get $count))

  ;; Compares each of $nq queries with each of $n keys and appends (query << 16 | key, distance) pairs at $out; returns
  ;; the end of the pairs. $out must have room for $nq * $n pairs; both are at most 65,535. Half of the bits decide about
  ;; nearly every stranger: within the radius over all of them is within the radius over the half.
  (func (export "scanMany")
    (param $q i32) (param $nq i32) (param $keys i32) (param $n i32) (param $radius i32) (param $out i32) (result i32)
    (local $i i32) (local $k i32) (local $end i32) (local $half i64) (local $d i32) (local $limit i64)
    (local $a i64) (local $b i64) (local $c i64) (local $e i64)
    (local.set $limit (i64.extend_i32_u (local.get $radius)))
    (local.set $end (i32.add (local.get $keys) (i32.shl (local.get $n) (i32.const 5))))
    (block $done
      (br_if $done (i32.or (i32.eqz (local.get $n)) (i32.eqz (local.get $nq))))
      (loop $query
        (local.set $a (i64.load (local.get $q)))
        (local.set $b (i64.load offset=8 (local.get $q)))
        (local.set $c (i64.load offset=16 (local.get $q)))
        (local.set $e (i64.load offset=24 (local.get $q)))
        (local.set $k (local.get $keys))
        (loop $key
          (local.set $half
            (i64.add
              (i64.popcnt (i64.xor (local.get $a) (i64.load (local.get $k))))
              (i64.popcnt (i64.xor (local.get $b) (i64.load offset=8 (local.get $k))))))
          (if (i64.le_u (local.get $half) (local.get $limit))
            (then
              (local.set $d
                (i32.wrap_i64
                  (i64.add
                    (local.get $half)
                    (i64.add
                      (i64.popcnt (i64.xor (local.get $c) (i64.load offset=16 (local.get $k))))
                      (i64.popcnt (i64.xor (local.get $e) (i64.load offset=24 (local.get $k))))))))
              (if (i32.le_u (local.get $d) (local.get $radius))
                (then
                  (i32.store
                    (local.get $out)
                    (i32.or
                      (i32.shl (local.get $i) (i32.const 16))
                      (i32.shr_u (i32.sub (local.get $k) (local.get $keys)) (i32.const 5))))
                  (i32.store offset=4 (local.get $out) (local.get $d))
                  (local.set $out (i32.add (local.get $out) (i32.const 8)))))))
          (local.set $k (i32.add (local.get $k) (i32.const 32)))
          (br_if $key (i32.lt_u (local.get $k) (local.get $end))))
        (local.set $q (i32.add (local.get $q) (i32.const 32)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $query (i32.lt_u (local.get $i) (local.get $nq)))))
    (local.get $out))

  ;; Checks the key numbers in [$from, $to) and appends (index, distance) pairs at $out.
  ;; Returns the new end, or 0 when $end is reached.
  (func $verify
    (param $q i32) (param $keys i32) (param $from i32) (param $to i32)
    (param $radius i32) (param $out i32) (param $end i32) (result i32)
    (local $d i32) (local $id i32) (local $k i32)
    (block $done
      (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
      (loop $next
        (local.set $id (i32.load (local.get $from)))
        (local.set $k (i32.add (local.get $keys) (i32.shl (local.get $id) (i32.const 5))))
        (local.set $d
          (i32.wrap_i64
            (i64.add
              (i64.add
                (i64.popcnt (i64.xor (i64.load (local.get $q)) (i64.load (local.get $k))))
                (i64.popcnt (i64.xor (i64.load offset=8 (local.get $q)) (i64.load offset=8 (local.get $k)))))
              (i64.add
                (i64.popcnt (i64.xor (i64.load offset=16 (local.get $q)) (i64.load offset=16 (local.get $k))))
                (i64.popcnt (i64.xor (i64.load offset=24 (local.get $q)) (i64.load offset=24 (local.get $k))))))))
        (if (i32.le_u (local.get $d) (local.get $radius))
          (then
            (if (i32.ge_u (local.get $out) (local.get $end)) (then (return (i32.const 0))))
            (i32.store (local.get $out) (local.get $id))
            (i32.store offset=4 (local.get $out) (local.get $d))
            (local.set $out (i32.add (local.get $out) (i32.const 8)))))
        (local.set $from (i32.add (local.get $from) (i32.const 4)))
        (br_if $next (i32.lt_u (local.get $from) (local.get $to)))))
    (local.get $out))

  ;; Looks up every neighbour of a chunk's value: which buckets exist (bitmap), where they are (rank), what they hold
  ;; (a key number, or with the $flag bit set the place of a list in $overflow whose last entry has the bit set).
  ;; Entries are $stride bytes apart, 3 or 4, and have the bits up to and including $flag.
  ;; Each step runs over the whole list before the next begins, so that cache misses overlap.
  ;; Returns the new end of the pairs at $out, or 0 when $end is reached.
  (func (export "lookup")
    (param $q i32) (param $keys i32) (param $value i32) (param $masks i32) (param $count i32)
    (param $bitmap i32) (param $rank i32) (param $slots i32) (param $overflow i32)
    (param $stride i32) (param $flag i32)
    (param $list i32) (param $found i32) (param $foundEnd i32)
    (param $radius i32) (param $out i32) (param $end i32) (result i32)
    (local $a i32) (local $p i32) (local $stop i32) (local $w i32) (local $v i32) (local $block i32) (local $c i32)
    (local $low i32)
    (local.set $low (i32.sub (local.get $flag) (i32.const 1)))

    ;; 1. Existing buckets.
    (local.set $p (local.get $list))
    (local.set $stop (i32.add (local.get $masks) (i32.shl (local.get $count) (i32.const 2))))
    (loop $probe
      (local.set $a (i32.xor (local.get $value) (i32.load (local.get $masks))))
      (i32.store (local.get $p) (local.get $a))
      (local.set $w
        (i32.load
          (i32.add (local.get $bitmap) (i32.shl (i32.shr_u (local.get $a) (i32.const 5)) (i32.const 2)))))
      (local.set $p
        (i32.add
          (local.get $p)
          (i32.shl (i32.and (i32.shr_u (local.get $w) (local.get $a)) (i32.const 1)) (i32.const 2))))
      (local.set $masks (i32.add (local.get $masks) (i32.const 4)))
      (br_if $probe (i32.lt_u (local.get $masks) (local.get $stop))))

    ;; 2. What they hold: the slot's number is the rank of the bucket's bit.
    (local.set $stop (local.get $p))
    (local.set $p (local.get $list))
    (block $resolved
      (br_if $resolved (i32.ge_u (local.get $p) (local.get $stop)))
      (loop $resolve
        (local.set $a (i32.load (local.get $p)))
        (local.set $block
          (i32.add (local.get $bitmap) (i32.shl (i32.shr_u (local.get $a) (i32.const 7)) (i32.const 4))))
        (local.set $w
          (i32.load (i32.add (local.get $rank) (i32.shl (i32.shr_u (local.get $a) (i32.const 7)) (i32.const 2)))))
        (local.set $w
          (i32.add
            (local.get $w)
            (if (result i32) (i32.and (local.get $a) (i32.const 64))
              (then
                (i32.wrap_i64
                  (i64.add
                    (i64.popcnt (i64.load (local.get $block)))
                    (i64.popcnt
                      (i64.and
                        (i64.load offset=8 (local.get $block))
                        (i64.sub (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $a))) (i64.const 1)))))))
              (else
                (i32.wrap_i64
                  (i64.popcnt
                    (i64.and
                      (i64.load (local.get $block))
                      (i64.sub (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $a))) (i64.const 1)))))))))
        (i32.store
          (local.get $p)
          (i32.load (i32.add (local.get $slots) (i32.mul (local.get $w) (local.get $stride)))))
        (local.set $p (i32.add (local.get $p) (i32.const 4)))
        (br_if $resolve (i32.lt_u (local.get $p) (local.get $stop)))))

    ;; 3. Key numbers, single or listed; 4. verified whenever the buffer is full, and at the end.
    (local.set $p (local.get $list))
    (local.set $c (local.get $found))
    (block $gathered
      (br_if $gathered (i32.ge_u (local.get $p) (local.get $stop)))
      (loop $gather
        (local.set $v (i32.load (local.get $p)))
        (if (i32.eqz (i32.and (local.get $v) (local.get $flag)))
          (then
            (i32.store (local.get $c) (i32.and (local.get $v) (local.get $low)))
            (local.set $c (i32.add (local.get $c) (i32.const 4))))
          (else
            (local.set $a
              (i32.add
                (local.get $overflow)
                (i32.mul (i32.and (local.get $v) (local.get $low)) (local.get $stride))))
            (loop $list
              (local.set $v (i32.load (local.get $a)))
              (i32.store (local.get $c) (i32.and (local.get $v) (local.get $low)))
              (local.set $c (i32.add (local.get $c) (i32.const 4)))
              (local.set $a (i32.add (local.get $a) (local.get $stride)))
              (if (i32.ge_u (local.get $c) (local.get $foundEnd))
                (then
                  (local.set $out
                    (call $verify (local.get $q) (local.get $keys) (local.get $found) (local.get $c)
                      (local.get $radius) (local.get $out) (local.get $end)))
                  (if (i32.eqz (local.get $out)) (then (return (i32.const 0))))
                  (local.set $c (local.get $found))))
              (br_if $list (i32.eqz (i32.and (local.get $v) (local.get $flag)))))))
        (if (i32.ge_u (local.get $c) (local.get $foundEnd))
          (then
            (local.set $out
              (call $verify (local.get $q) (local.get $keys) (local.get $found) (local.get $c)
                (local.get $radius) (local.get $out) (local.get $end)))
            (if (i32.eqz (local.get $out)) (then (return (i32.const 0))))
            (local.set $c (local.get $found))))
        (local.set $p (i32.add (local.get $p) (i32.const 4)))
        (br_if $gather (i32.lt_u (local.get $p) (local.get $stop)))))
    (call $verify (local.get $q) (local.get $keys) (local.get $found) (local.get $c)
      (local.get $radius) (local.get $out) (local.get $end)))

  ;; For each of $queries keys from $q on, the nearest of $n keys from $keys on: (index, distance) pairs at $out.
  (func (export "nearest")
    (param $q i32) (param $queries i32) (param $keys i32) (param $n i32) (param $out i32)
    (local $k i32) (local $i i32) (local $d i32) (local $best i32) (local $bestAt i32)
    (block $done
      (br_if $done (i32.or (i32.eqz (local.get $queries)) (i32.eqz (local.get $n))))
      (loop $query
        (local.set $k (local.get $keys))
        (local.set $i (i32.const 0))
        (local.set $best (i32.const 257))
        (loop $key
          (local.set $d (i32.wrap_i64
              (i64.add
                (i64.add
                  (i64.popcnt (i64.xor (i64.load (local.get $q)) (i64.load (local.get $k))))
                  (i64.popcnt (i64.xor (i64.load offset=8 (local.get $q)) (i64.load offset=8 (local.get $k)))))
                (i64.add
                  (i64.popcnt (i64.xor (i64.load offset=16 (local.get $q)) (i64.load offset=16 (local.get $k))))
                  (i64.popcnt (i64.xor (i64.load offset=24 (local.get $q)) (i64.load offset=24 (local.get $k))))))))
          (if (i32.lt_u (local.get $d) (local.get $best))
            (then
              (local.set $best (local.get $d))
              (local.set $bestAt (local.get $i))))
          (local.set $k (i32.add (local.get $k) (i32.const 32)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $key (i32.lt_u (local.get $i) (local.get $n))))
        (i32.store (local.get $out) (local.get $bestAt))
        (i32.store offset=4 (local.get $out) (local.get $best))
        (local.set $out (i32.add (local.get $out) (i32.const 8)))
        (local.set $q (i32.add (local.get $q) (i32.const 32)))
        (local.set $queries (i32.sub (local.get $queries) (i32.const 1)))
        (br_if $query (local.get $queries)))))
)
