//! Shares a time out in proportion.

use super::LEAST_PART;
use crate::units::Millis;

/// Shares `total` out in proportion to `weights`, in whole seconds as far as possible. The last share has the rest of a
/// second. Where the total is enough, no share is shorter than [`LEAST_PART`] or its weight, whichever is less.
pub fn share(total: Millis, weights: &[Millis]) -> Vec<Millis> {
    let shares = proportional(total, weights);
    let least = |weight: &Millis| (*weight).min(LEAST_PART);
    if shares.iter().zip(weights).all(|(share, weight)| *share >= least(weight)) {
        return shares;
    }
    let base: Vec<Millis> = weights.iter().map(least).collect();
    let Some(rest) = total.checked_sub(base.iter().copied().sum()) else { return shares };
    let above: Vec<Millis> = weights.iter().zip(&base).map(|(w, b)| w.saturating_sub(*b)).collect();
    base.iter().zip(proportional(rest, &above)).map(|(base, more)| *base + more).collect()
}

fn proportional(total: Millis, weights: &[Millis]) -> Vec<Millis> {
    let sum: Millis = weights.iter().copied().sum();
    if sum == Millis::ZERO {
        return vec![Millis::ZERO; weights.len()];
    }
    let exact = |weight: &Millis| {
        let product = u128::from(total.get()) * u128::from(weight.get());
        (product / u128::from(sum.get())) as u64
    };
    let mut shares: Vec<u64> = weights.iter().map(|weight| exact(weight) / 1000 * 1000).collect();
    let mut rest = total.get().saturating_sub(shares.iter().sum());
    // The largest fractions are rounded up first.
    let mut order: Vec<usize> = (0..weights.len()).filter(|i| weights[*i] > Millis::ZERO).collect();
    order.sort_by_key(|i| std::cmp::Reverse(weights.get(*i).map(|weight| exact(weight) % 1000)));
    for i in order.iter().cycle().take(2 * order.len()) {
        if rest < 1000 {
            break;
        }
        if let Some(share) = shares.get_mut(*i) {
            *share += 1000;
            rest -= 1000;
        }
    }
    let last = weights.iter().rposition(|weight| *weight > Millis::ZERO);
    if let Some(share) = last.and_then(|last| shares.get_mut(last)) {
        *share += rest;
    }
    shares.into_iter().map(Millis::new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(total: u64, weights: &[u64]) -> Vec<u64> {
        let weights: Vec<Millis> = weights.iter().copied().map(Millis::from_secs).collect();
        share(Millis::from_secs(total), &weights).into_iter().map(|share| share.get() / 1000).collect()
    }

    #[test]
    fn shares_whole_seconds_that_add_up() {
        assert_eq!(shares(1800, &[600, 600, 600, 600, 300]), [400, 400, 400, 400, 200]);
        assert_eq!(shares(100, &[1, 1, 1]).iter().sum::<u64>(), 100);
        assert_eq!(shares(390, &[300, 150]), [260, 130]);
    }

    #[test]
    fn keeps_ten_seconds_of_a_short_step() {
        assert_eq!(shares(60, &[20, 3600]), [10, 50]);
    }
}
