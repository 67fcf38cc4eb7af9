//! The state of the running screen, and its picture.

use super::breath;
use super::console_distance::ConsoleDistance;
use super::draw;
use super::flash::{Flash, LATE};
use super::held_key::HeldKey;
use super::labels::time;
use super::layout::{ClickTarget, RunningLayout};
use super::minutes_left::MinutesLeft;
use super::overlay::Overlay;
use super::scene::RunningScene;
use super::step_list::StepList;
use super::toasts;
use super::unbound_keys::UnboundKeys;
use crate::audio::volume::Volume;
use crate::coach::{Effect, View};
use crate::cues::SignalCue;
use crate::display::chart::IntensityChart;
use crate::frontend::Status;
use crate::frontend::bends::BendOffers;
use crate::keymap::{KeyContext, Keymap};
use crate::runner::profile::Units;
use crate::session::{EventKind, Phase, SessionPlace};
use crate::tui::theme::Theme;
use crate::tui::widgets::choice::{ChoicePrompt, OpenChoice};
use crate::tui::widgets::key_hints;
use crate::tui::widgets::toast::Toast;
use crate::units::{Millis, Moment, Rehearsal, clock};
use crate::workout::sequence::{Activity, Bend};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// The running screen: what it shows, and what keys and clicks mean there. It reads no clock and writes nothing.
#[derive(Clone, Debug)]
pub struct RunningScreen {
    pub(super) theme: Theme,
    pub(super) units: Units,
    pub(super) area: Rect,
    pub(super) overlay: Overlay,
    pub(super) absence: ChoicePrompt,
    flash: Flash,
    /// The moment at which the time of day at the end changes, while the session's clock stands still.
    end_changes_at: Option<Moment>,
    /// The latest moment that the screen knows of.
    pub(super) now: Moment,
    pub(super) toast: Option<Toast>,
    /// The latest volume, to notice a change.
    volume: Option<Volume>,
    /// True if only the number and one line are shown.
    pub(super) digits_only: bool,
    /// True if all keys but one are locked.
    pub(super) locked: bool,
    /// The latest key, to tell repeats.
    pub(super) held_key: HeldKey,
    /// The keys without a meaning that have been pressed.
    pub(super) unbound_keys: UnboundKeys,
    /// The speed of the session's clock.
    pub(super) rehearsal: Rehearsal,
    bell: bool,
    /// The workout's chart, with its width and the bends. A workout may have ten thousand steps, so it is made once for
    /// each.
    chart: Option<(ChartKey, IntensityChart)>,
    /// The bends that keys offer, with the place they are for.
    offers: Option<(OfferKey, BendOffers)>,
    /// The layout of the latest picture that had no overlay, for clicks.
    layout: Option<RunningLayout>,
}

/// A chart is made anew if one of these changes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ChartKey {
    columns: u16,
    bends: Vec<Bend>,
}

/// The offers are looked for anew if one of these changes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct OfferKey {
    place: SessionPlace,
    bends: Vec<Bend>,
}

impl RunningScreen {
    /// A screen before the session's first event.
    pub fn new(theme: Theme, units: Units) -> Self {
        RunningScreen {
            theme,
            units,
            area: Rect::default(),
            overlay: Overlay::None,
            absence: ChoicePrompt::ABSENCE,
            flash: Flash::READY,
            end_changes_at: None,
            now: Moment::default(),
            toast: None,
            volume: None,
            digits_only: false,
            locked: false,
            held_key: HeldKey::default(),
            unbound_keys: UnboundKeys::default(),
            rehearsal: Rehearsal::REAL_TIME,
            bell: false,
            chart: None,
            offers: None,
            layout: None,
        }
    }

    /// Enables or disables the flash at a change of step.
    pub fn flashing(self, is_enabled: bool) -> Self {
        RunningScreen { flash: self.flash.enabled(is_enabled), ..self }
    }

    /// Shows only the number and one line, or everything.
    pub fn with_digits_only(self, digits_only: bool) -> Self {
        RunningScreen { digits_only, ..self }
    }

    /// The units of the belt and of paces.
    pub fn units(&self) -> Units {
        self.units
    }

    /// Handles something that happened or sounded.
    pub fn handle_effect(&mut self, effect: &Effect, view: &View<'_>, status: &Status, at: Moment) {
        self.now = self.now.max(at);
        // A break is no place for a flash: the eyes may be closed.
        if view.sequence.activity != Activity::Other {
            self.flash.handle_effect(effect, view.position.elapsed, status, at);
        }
        match effect {
            Effect::Sounded(cue) if status.wants_bell() => self.ring_for(cue, view),
            Effect::Happened(event) => match event.what {
                EventKind::WasAbsent { .. } => {
                    self.overlay = Overlay::None;
                    // The question that follows needs the keys.
                    self.locked = false;
                    self.absence = ChoicePrompt::ABSENCE;
                }
                EventKind::Stopped => self.overlay = Overlay::None,
                EventKind::StepBegan { .. } | EventKind::Finished => self.leave_step(at),
                EventKind::Bent { bend } => {
                    let done = self.offers.as_ref().map_or_else(|| bend.mark(), |(_, o)| o.words_for(bend));
                    let ends = time::ends(view, status);
                    self.toast = Some(toasts::bent(&done, ends, at, self.theme.keymap()));
                }
                event => self.toast = toasts::undo_hint(event, at, self.theme.keymap()).or(self.toast.take()),
            },
            _ => {}
        }
    }

    /// Drops questions that were about the step that has ended.
    fn leave_step(&mut self, at: Moment) {
        self.toast = self.toast.take().filter(|toast| !(toast.is_asking(at) || toast.is_older_than(at)));
        if let Overlay::ConsoleDistance(_) = self.overlay {
            self.overlay = Overlay::None;
            self.toast = Some(Toast::telling("the step is over: distance not set", at));
        }
    }

    /// Rings the bell in place of a sound.
    fn ring_for(&mut self, cue: &SignalCue, view: &View<'_>) {
        self.bell |= view.position.elapsed.saturating_sub(cue.at) <= LATE && !cue.signal.is_soft();
    }

    /// Returns true once after something that the bell rings for.
    pub fn take_bell(&mut self) -> bool {
        std::mem::take(&mut self.bell)
    }

    /// Prepares a picture of this area as of `at`.
    pub fn prepare(&mut self, area: Rect, view: &View<'_>, status: &Status, at: Moment) {
        self.area = area;
        self.now = at;
        self.rehearsal = status.rehearsal;
        if self.volume.replace(status.volume).is_some_and(|before| before != status.volume) {
            self.toast = Some(Toast::telling(&status.volume.to_string(), at));
        }
        self.end_changes_at = time::ends_changes_in(view, status).map(|wait| at + wait);
        let columns = draw::chart_columns(area.width);
        let key = ChartKey { columns, bends: view.sequence.bends.made.clone() };
        if self.chart.as_ref().is_none_or(|(made_for, _)| *made_for != key) {
            self.chart = Some((key, IntensityChart::new(view.sequence, columns)));
        }
        let key = OfferKey { place: view.position.place, bends: view.sequence.bends.made.clone() };
        if self.offers.as_ref().is_none_or(|(made_for, _)| *made_for != key) {
            self.offers = Some((key, BendOffers::of(view)));
        }
        self.layout = self.scene(view, status, at).map(|scene| RunningLayout::of(area, &scene));
    }

    /// Draws the whole screen as last prepared.
    pub fn draw(&self, buf: &mut Buffer, view: &View<'_>, status: &Status, at: Moment) {
        if self.flash.left(at).is_some() {
            // A flash shows nothing else. It is over in a quarter of a second, and takes few bytes on a slow line.
            return buf.set_style(buf.area, self.theme.flash());
        }
        self.draw_unlit(buf, view, status, at);
    }

    /// Returns the part of the screen at a position, as last prepared, unless an overlay covers it.
    pub fn target_at(&self, position: Position) -> Option<ClickTarget> {
        self.layout.and_then(|layout| layout.target_at(position))
    }

    fn scene<'a>(&'a self, view: &'a View<'a>, status: &'a Status, at: Moment) -> Option<RunningScene<'a>> {
        Some(RunningScene {
            view,
            status,
            theme: self.theme,
            units: self.units,
            chart: self.chart.as_ref().map(|(_, chart)| chart)?,
            toast: self.toast_text(view, at),
            offers: self.offers.as_ref().map_or_else(Vec::new, |(_, o)| o.hints(self.theme.keymap())),
            answers: if view.asks { answer_keys(self.theme.keymap()) } else { Vec::new() },
            locked: self.locked,
            is_covered: self.overlay != Overlay::None || matches!(view.phase, Phase::Absent { .. }),
            digits_only: self.digits_only,
        })
    }

    fn draw_unlit(&self, buf: &mut Buffer, view: &View<'_>, status: &Status, at: Moment) {
        let area = buf.area;
        let is_absent = matches!(view.phase, Phase::Absent { .. });
        match self.overlay {
            Overlay::Help(help) if !is_absent => {
                return help.draw(buf, area, &time::big(view, self.units).with_unit(), self.theme);
            }
            Overlay::Signs(page) if !is_absent => {
                return page.draw(buf, view, &time::big(view, self.units).with_unit(), self.theme);
            }
            _ => {}
        }
        let Some(scene) = self.scene(view, status, at) else { return };
        // The clock may still be running, so it makes room for the overlay and stays in sight.
        let above = |rows: u16| Rect { height: area.height - rows, ..area };
        if let Some(choice) = self.open_choice(view) {
            let above = choice.prompt.draw(buf, area, choice.text(), self.theme);
            return draw::draw(buf, above, &scene);
        }
        match self.overlay {
            Overlay::ConsoleDistance(distance) => {
                draw::draw(buf, above(ConsoleDistance::rows(area)), &scene);
                distance.draw(buf, area, self.theme);
            }
            Overlay::Minutes(minutes) => {
                draw::draw(buf, above(MinutesLeft::rows(area)), &scene);
                minutes.draw(buf, area, view, self.theme);
            }
            Overlay::Steps(steps) => {
                draw::draw(buf, above(StepList::rows(area, view)), &scene);
                steps.draw(buf, area, view, self.theme);
            }
            _ => draw::draw(buf, area, &scene),
        }
    }

    /// The question on the screen.
    pub(super) fn open_choice(&self, view: &View<'_>) -> Option<OpenChoice> {
        match (view.phase, &self.overlay) {
            (Phase::Absent { since, until }, _) => {
                let (away, elapsed) = (until.since(since), view.position.elapsed);
                Some(OpenChoice {
                    prompt: self.absence,
                    question: format!("Away for {}", clock(away.whole_secs())),
                    note: format!(
                        "The clock stopped at {}. Did you keep running?",
                        clock(elapsed.whole_secs())
                    ),
                })
            }
            (_, Overlay::ConfirmStop(prompt)) => {
                let question = "Stop here?".to_string();
                Some(OpenChoice { prompt: *prompt, question, note: String::new() })
            }
            _ => None,
        }
    }

    /// The toast, unless it gives way to the workout's own words.
    pub(super) fn toast_text(&self, view: &View<'_>, at: Moment) -> Option<&str> {
        let toast = self.toast.as_ref().filter(|toast| !toast.gives_way() || view.words.is_none());
        toast.and_then(|toast| toast.words(at))
    }

    /// Returns how long after `at` the picture changes by itself.
    pub fn next_redraw(&self, view: &View<'_>, at: Moment) -> Option<Millis> {
        let is_counting = matches!(view.phase, Phase::Running | Phase::CountIn { .. });
        let second = is_counting.then(|| time::next_flip(view));
        let toast = self.toast.as_ref().and_then(|toast| toast.left(at));
        let stands_still = !is_counting && view.phase != Phase::Stopped;
        let minute = self.end_changes_at.filter(|_| stands_still);
        let minute = minute.map(|moment| moment.since(at).max(Millis::new(1)));
        let breath = breath::rhythm(view).map(|_| breath::FRAME);
        self.flash.left(at).into_iter().chain(second).chain(breath).chain(toast).chain(minute).min()
    }

    /// True once the session is over. Another page shows what was run.
    pub fn is_done(&self, view: &View<'_>) -> bool {
        view.phase == Phase::Stopped
    }
}

/// The keys that answer a question of the workout: `y yes`, `n no`.
fn answer_keys(keymap: &Keymap) -> Vec<String> {
    keymap.of(KeyContext::Answering).filter(|b| !b.keys.is_empty()).map(key_hints::hint).collect()
}
