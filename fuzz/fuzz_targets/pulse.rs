//! What a sound server says, from the first answer until it hangs up.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|answers: &[u8]| {
    #[cfg(all(fuzzing, target_os = "linux"))]
    pacebell::audio::play_to_answers(answers);
    #[cfg(not(all(fuzzing, target_os = "linux")))]
    let _ = answers;
});
