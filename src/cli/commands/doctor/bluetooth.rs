//! Checks Bluetooth.

use super::CheckResult;
use crate::radio::RadioAbsence;
use crate::runner::profile::Profile;

/// Says what a strap needs, and if it is there. Without a chosen strap nothing is wrong.
pub fn check(radio: Result<(), RadioAbsence>, profile: &Profile) -> CheckResult {
    let strap = profile.heart_sensor.as_ref();
    match (radio, strap) {
        (Ok(()), Some(strap)) => CheckResult::ok(format!("heart rate: from {} over Bluetooth", strap.name)),
        (Ok(()), None) => CheckResult::ok("heart rate: Bluetooth is on; `pacebell sensors` lists straps"),
        (Err(absence), None) => CheckResult::note(format!("heart rate: none, because {absence}")),
        (Err(absence), Some(strap)) => {
            let finding = format!("heart rate: {} cannot be reached, because {absence}", strap.name);
            let forget = "run `pacebell sensors forget` to do without it";
            match absence.help() {
                Some(help) => CheckResult::wrong(finding, format!("{help}, or {forget}")),
                None => CheckResult::wrong(finding, forget),
            }
        }
    }
}
