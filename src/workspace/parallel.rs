//! Work that falls into many pieces, done on all processors, with its results
//! in the order of the pieces: how many processors there are changes nothing.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// No more threads than this: beyond, the disk is the limit.
const MOST: usize = 16;
/// Readers keep what they read on the heap.
const STACK: usize = 1024 * 1024;

/// Does the pieces `0..count`, each as it becomes free to be done. A single
/// piece is done here, without another thread.
pub fn in_order<T: Send>(count: usize, piece: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST).min(count);
    if threads < 2 {
        return (0..count).map(piece).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(count));
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return;
            }
            let result = piece(index);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, result));
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            // Where no further thread can be had, those that there are do it all.
            let _ = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_each_piece_is_done_once() {
        for count in [0, 1, 2, 1000] {
            let times: Vec<AtomicUsize> = (0..count).map(|_| AtomicUsize::new(0)).collect();
            let results = in_order(count, |index| {
                times[index].fetch_add(1, Ordering::Relaxed);
                // The first pieces take longest.
                std::thread::sleep(std::time::Duration::from_micros(if index < 4 { 2000 } else { 0 }));
                index * 2
            });
            assert_eq!(results, (0..count).map(|index| index * 2).collect::<Vec<_>>());
            assert!(times.iter().all(|times| times.load(Ordering::Relaxed) == 1));
        }
    }
}
