//! The fastest that anyone has run, to tell a slip of the keyboard from a speed.

/// The fastest time that anyone has run over each distance: metres and seconds. Source: the men's all-time lists of World
/// Athletics (worldathletics.org) on 31 December 2025, on the track where there is one. The half marathon is Jacob Kiplimo's
/// 56:42 of 16 February 2025. The marathon is Eliud Kipchoge's 1:59:40 of 12 October 2019, which is no record. 15 km and 10
/// miles have the pace of the 10 km, which is faster than anyone has run them.
const WORLD_BESTS: [(f64, f64); 14] = [
    (100.0, 9.58),
    (200.0, 19.19),
    (400.0, 43.03),
    (800.0, 100.91),
    (1000.0, 131.96),
    (1500.0, 206.00),
    (1609.344, 223.13),
    (3000.0, 437.55),
    (5000.0, 755.36),
    (10_000.0, 1571.00),
    (15_000.0, 2356.50),
    (16_093.44, 2528.28),
    (21_097.5, 3402.00),
    (42_195.0, 7180.00),
];

/// Returns the fastest time in seconds that anyone has run over `metres`, interpolated between the distances that are run.
/// Below 100 m and above the marathon it has the speed of that distance, which is too fast for the longer ones.
pub fn world_best(metres: f64) -> f64 {
    let above = WORLD_BESTS.partition_point(|(distance, _)| *distance < metres);
    let at = |index: usize| WORLD_BESTS.get(index).copied();
    let (Some((far, slow)), Some((near, quick))) = (at(above), above.checked_sub(1).and_then(at)) else {
        let (distance, time) = at(above.min(WORLD_BESTS.len() - 1)).unwrap_or((1.0, 0.0));
        return time * metres / distance;
    };
    // Times grow with a power of the distance (Riegel 1981), so that their logarithms lie on a line.
    let part = (metres / near).ln() / (far / near).ln();
    quick * (slow / quick).powf(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lies_between_the_records() {
        // World records of 5000 m (12:35.36) and of the hour (21,330 m), and the mile at 3:43.13.
        assert!((world_best(5000.0) - 755.36).abs() < 1e-6);
        assert!((world_best(1609.344) - 223.13).abs() < 1e-6);
        assert!((3300.0..3600.0).contains(&world_best(21_330.0)), "{}", world_best(21_330.0));
        // 600 m: Johnny Gray ran 1:12.81.
        assert!((69.0..72.81).contains(&world_best(600.0)), "{}", world_best(600.0));
        assert!((world_best(50.0) - 4.79).abs() < 1e-6);
    }
}
