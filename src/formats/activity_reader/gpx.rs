//! Activities of GPX files: <http://www.topografix.com/GPX/1/1>. They have points and no totals.

use super::tcx::{TcxTime, time};
use super::xml::{XmlElement, XmlStep, XmlWalk};
use super::{
    ActivitiesRead, ActivitySource, HeartBeats, ImportedActivity, ImportedSport, UnreadableActivity,
    heart_rate, metres, millis,
};
use crate::units::Millis;

/// The mean radius of the earth in metres.
const EARTH: f64 = 6_371_008.8;

/// Reads the tracks of a GPX file.
///
/// # Errors
/// If no track can be read.
pub fn read(text: &str) -> Result<ActivitiesRead, UnreadableActivity> {
    let mut walk = XmlWalk::new(text);
    let mut reader = GpxReader::default();
    let problem = loop {
        match walk.next() {
            Ok(Some(XmlStep::Open(element))) => reader.open(&element),
            Ok(Some(XmlStep::Close(name, text))) => reader.close(walk.parent(), &name, &text),
            Ok(None) => break None,
            Err(problem) => break Some(problem),
        }
    };
    if let Some(problem) = &problem {
        reader.track.remarks.push(problem.clone());
        reader.finish();
    }
    match (reader.read.activities.is_empty(), problem) {
        (false, _) => Ok(reader.read),
        (true, Some(problem)) => Err(UnreadableActivity::new(problem)),
        (true, None) => Err(UnreadableActivity::new("it has no track with times, so it is no activity")),
    }
}

#[derive(Default)]
struct GpxReader {
    maker: Option<String>,
    track: GpxTrack,
    point: GpxPoint,
    read: ActivitiesRead,
}

#[derive(Default)]
struct GpxTrack {
    name: Option<String>,
    kind: String,
    segments: Vec<Vec<GpxPoint>>,
    remarks: Vec<String>,
}

#[derive(Clone, Copy, Default)]
struct GpxPoint {
    latitude: Option<f64>,
    longitude: Option<f64>,
    time: Option<TcxTime>,
    beats: Option<f64>,
}

impl GpxReader {
    fn open(&mut self, element: &XmlElement<'_>) {
        let degrees = |name: &str| element.attribute(name)?.parse::<f64>().ok().filter(|d| d.is_finite());
        match element.name() {
            "gpx" => self.maker = element.attribute("creator").filter(|maker| !maker.is_empty()),
            "trk" => self.track = GpxTrack::default(),
            "trkseg" => self.track.segments.push(Vec::new()),
            "trkpt" => {
                self.point =
                    GpxPoint { latitude: degrees("lat"), longitude: degrees("lon"), ..GpxPoint::default() };
            }
            _ => {}
        }
    }

    fn close(&mut self, parent: &str, name: &str, text: &str) {
        match (parent, name) {
            ("trk", "name") => self.track.name = Some(text.to_string()).filter(|name| !name.is_empty()),
            ("trk", "type") => self.track.kind = text.to_string(),
            ("trkpt", "time") => self.point.time = time(text),
            (_, "hr") => self.point.beats = text.parse().ok().filter(|beats| heart_rate(*beats).is_some()),
            (_, "trkpt") if self.point.time.is_some() => {
                if let Some(segment) = self.track.segments.last_mut() {
                    segment.push(self.point);
                }
            }
            (_, "trk") => self.finish(),
            _ => {}
        }
    }

    fn finish(&mut self) {
        let track = std::mem::take(&mut self.track);
        let maker = self.maker.clone();
        self.read.activities.extend(track.imported(maker).map(ImportedActivity::settled));
    }
}

impl GpxTrack {
    fn imported(self, maker: Option<String>) -> Option<ImportedActivity> {
        let points = || self.segments.iter().flatten();
        let (first, last) = (points().next()?.time?, points().last()?.time?);
        // A break between two segments is a pause.
        let active: u64 = self.segments.iter().filter_map(|segment| milliseconds(segment)).sum();
        let covered: f64 = self.segments.iter().map(|segment| length(segment)).sum();
        let beats: Vec<f64> = points().filter_map(|point| point.beats).collect();
        let mean = (!beats.is_empty()).then(|| beats.iter().sum::<f64>() / beats.len() as f64);
        let activity = ImportedActivity {
            format: ActivitySource::Gpx,
            maker,
            name: self.name,
            sport: match self.kind.as_str() {
                // Strava writes its number.
                "9" => ImportedSport::Run,
                "1" => ImportedSport::Other("a bike ride".to_string()),
                kind => ImportedSport::of_name(kind),
            },
            started: first.utc,
            offset: first.offset,
            active: millis(active as f64 / 1000.0),
            elapsed: Millis::new((last.utc - first.utc).num_milliseconds().max(0) as u64),
            distance: Some(covered).filter(|covered| *covered > 0.0).and_then(metres),
            laps: Vec::new(),
            heart: HeartBeats {
                mean: mean.and_then(heart_rate),
                highest: beats.into_iter().reduce(f64::max).and_then(heart_rate),
            },
            rpe: None,
            feel: None,
            note: None,
            remarks: self.remarks,
        };
        (activity.active > Millis::ZERO).then_some(activity)
    }
}

fn milliseconds(segment: &[GpxPoint]) -> Option<u64> {
    let (first, last) = (segment.first()?.time?, segment.last()?.time?);
    u64::try_from((last.utc - first.utc).num_milliseconds()).ok()
}

/// Returns the length of a segment in metres, on a sphere (haversine).
fn length(segment: &[GpxPoint]) -> f64 {
    let places: Vec<[f64; 2]> = segment
        .iter()
        .filter_map(|point| Some([point.latitude?.to_radians(), point.longitude?.to_radians()]))
        .collect();
    places.windows(2).map(|pair| great_circle(pair[0], pair[1])).sum()
}

fn great_circle(from: [f64; 2], to: [f64; 2]) -> f64 {
    let half_sine = |a: f64, b: f64| ((b - a) / 2.0).sin().powi(2);
    let chord = half_sine(from[0], to[0]) + from[0].cos() * to[0].cos() * half_sine(from[1], to[1]);
    2.0 * EARTH * chord.sqrt().min(1.0).asin()
}
