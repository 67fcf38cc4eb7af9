//! Sessions in other words, for texts that are neither notation nor a phrase: each rewrite makes a text that is read
//! once more from the beginning.
//!
//! A rewrite looks for one form and leaves everything else as it is. A text that cannot be read afterwards is dropped,
//! so a rewrite may propose what turns out to have no meaning.

mod alternations;
mod bare_numbers;
mod both_ends;
mod changing_paces;
mod circuits;
mod console_speeds;
mod counted_efforts;
mod foreign;
mod harmless;
mod in_turn;
mod inclines_of_all;
mod known_sessions;
mod ladder_paces;
mod length_lists;
mod listed_recoveries;
mod number_lists;
mod out_of_order;
mod pace_lists;
mod pairs_in_words;
mod parts_in_order;
mod pasted_lines;
mod programmes;
mod prose;
mod rearranged;
mod reps_and_sets;
mod reps_in_words;
mod session_lists;
mod set_recoveries;
mod shorthand;
mod small_forms;
mod spoken_ends;
mod spoken_lists;
mod spoken_words;
mod spread_surges;
mod surges;
mod titled_sessions;
mod titles;
mod track_lists;
mod treadmill;
mod word_order;
mod written_lengths;

use super::common_forms::CommonForm;
use super::text_tokens::LONGEST_TEXT;
pub(crate) use console_speeds::{BareSpeeds, bare_speeds};

/// A rewrite: returns the text in other words, or nothing if it does not hold the form.
type TextRewrite = fn(&str) -> Option<CommonForm>;

/// The rewrites of texts that would be misread or asked about.
const MISREAD: [TextRewrite; 36] = [
    parts_in_order::parts_of_progression,
    spoken_lists::repetitions_of_list,
    spoken_words::plain_words,
    spoken_ends::length_after_comma,
    spoken_ends::total_after_arrow,
    spoken_lists::both_ends_open,
    reps_in_words::kenyan_hills,
    reps_in_words::rest_of_each,
    word_order::count_of_reps,
    reps_and_sets::distance_in_title,
    word_order::length_of_hills,
    small_forms::rate_under,
    reps_and_sets::progression_of_reps,
    inclines_of_all::speed_of_all,
    listed_recoveries::one_after_each_rep,
    listed_recoveries::one_for_each_set,
    word_order::pace_before_reps,
    titles::title_of_later_reps,
    programmes::fartlek_in_brackets,
    programmes::run_walk_programme,
    set_recoveries::both_recoveries,
    spread_surges::every_so_far,
    out_of_order::recovery_first,
    out_of_order::up_and_down,
    out_of_order::total_last,
    small_forms::zone_and_rate,
    both_ends::warmup_and_cooldown,
    surges::every_few_minutes,
    number_lists::blocks_of_thirty_twenty_ten,
    session_lists::recovery_of_all,
    track_lists::times_of_reps,
    alternations::fartlek,
    counted_efforts::before_length,
    counted_efforts::up_and_down,
    rearranged::unit_of_all,
    changing_paces::first_and_last_pace,
];
/// The rewrites of texts that cannot be read, in the order in which they are tried.
const UNREAD: [TextRewrite; 113] = [
    harmless::words_around,
    spoken_ends::commas_of_blocks,
    spoken_lists::repeat_of_all,
    spoken_lists::numbers_of_run,
    spoken_lists::pair_for_so_long,
    reps_in_words::between_two,
    reps_in_words::aim_at_end,
    reps_in_words::odd_and_even,
    reps_in_words::count_of_named,
    reps_in_words::work_and_rest,
    reps_in_words::reps_slash_sets,
    reps_in_words::surges_in_minutes,
    reps_in_words::some_of_the_run,
    reps_in_words::clocks_of_run_walk,
    spoken_words::way_back,
    word_order::plus_between_steps,
    listed_recoveries::dashes_between_reps,
    bare_numbers::minutes_of_programme,
    reps_and_sets::seconds_of_reps,
    word_order::effort_beside_speed,
    word_order::without_commas,
    bare_numbers::minutes_of_ends,
    reps_and_sets::pairs_in_sets,
    reps_and_sets::sets_that_are_reps,
    reps_and_sets::recoveries_in_set,
    reps_and_sets::part_in_brackets,
    reps_and_sets::sum_at_end,
    reps_and_sets::incline_of_reps,
    reps_and_sets::faster_or_slower,
    small_forms::finish_without_length,
    parts_in_order::parts_of_run,
    parts_in_order::hills_in_brackets,
    parts_in_order::up_and_flat,
    console_speeds::speeds_of_miles,
    known_sessions::norwegian,
    known_sessions::thirty_twenty_ten,
    known_sessions::of_threshold,
    known_sessions::couch_to_five,
    known_sessions::rounds_in_minutes,
    inclines_of_all::at_the_end,
    inclines_of_all::at_the_start,
    word_order::name_of_strides,
    word_order::pace_after_recovery,
    word_order::counted_pair,
    bare_numbers::minutes_after_verbs,
    bare_numbers::miles_and_track,
    bare_numbers::mile_reps,
    bare_numbers::minutes_in_m,
    bare_numbers::offsets_without_unit,
    in_turn::legs_of_a_total,
    in_turn::each_mile_in_turn,
    in_turn::counted_turns,
    shorthand::spelled_out,
    titles::session_title,
    both_ends::before_and_after,
    spread_surges::in_part_of_run,
    pairs_in_words::on_and_off_in_brackets,
    pairs_in_words::each_on_and_off,
    pairs_in_words::over_and_under,
    pairs_in_words::recovery_in_its_time,
    pairs_in_words::pair_for_a_time,
    pairs_in_words::until_failure,
    ladder_paces::from_race_to_race,
    programmes::as_many_rounds,
    programmes::tabata,
    programmes::minutes_of_ladder,
    programmes::rounds_of_reps,
    programmes::spaced_list,
    programmes::with_both_ends,
    programmes::reps_in_total,
    small_forms::pace_of_all,
    small_forms::fast_finish,
    small_forms::parkrun,
    small_forms::race_as_length,
    console_speeds::numbers_of_console,
    console_speeds::numbers_of_pieces,
    console_speeds::speeds_of_console,
    console_speeds::bare_inclines,
    counted_efforts::way_down_of_hills,
    circuits::rounds,
    foreign::in_english,
    titled_sessions::title_with_numbers,
    titled_sessions::tests,
    titled_sessions::to_the_total,
    alternations::run_walk_for,
    alternations::beeps,
    alternations::counted_surges,
    changing_paces::pace_for_each,
    changing_paces::incline_for_each,
    treadmill::twelve_three_thirty,
    treadmill::marks_of_time,
    console_speeds::one_mark_of_time,
    treadmill::speed_first,
    treadmill::rising_incline,
    treadmill::hills_in_label,
    treadmill::faster_every_mile,
    number_lists::ladders,
    number_lists::pairs,
    number_lists::fartlek_pairs,
    rearranged::length_last,
    rearranged::pace_in_label,
    rearranged::reps_in_the_middle,
    track_lists::ladders,
    track_lists::two_recoveries,
    track_lists::lettered_recoveries,
    pace_lists::one_for_each,
    track_lists::in_metres,
    session_lists::marked_pieces,
    pasted_lines::in_lines,
    prose::sentences,
    prose::names,
    prose::alternating,
    prose::runs_and_walks,
];

/// Returns `text` in other words, once for each form that it holds and that would be misread.
pub(crate) fn of_misread(text: &str) -> Vec<CommonForm> {
    changed(text, &MISREAD)
}

/// Returns `text` in other words, once for each form that it holds.
pub(crate) fn of_unread(text: &str) -> Vec<CommonForm> {
    changed(text, &UNREAD)
}

fn changed(text: &str, rewrites: &[TextRewrite]) -> Vec<CommonForm> {
    if text.len() > LONGEST_TEXT {
        return Vec::new();
    }
    rewrites.iter().filter_map(|rewrite| rewrite(text)).filter(|form| form.text != text).collect()
}
