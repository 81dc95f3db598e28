//! `dragoman gazetteer build`: a gazetteer of the user's from GeoNames' files.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use dragoman_geo::compile::compile;
use dragoman_geo::geonames::{Divisions, Fault, read};

use crate::args::GazetteerBuildArgs;
use crate::exit::Exit;
use crate::talk::Talk;
use crate::view::visible;

/// Faults that are shown one by one.
const SHOWN_FAULTS: usize = 20;

/// Compiles the files into one; nothing is written unless every line could be read or `--skip-faults` is given.
pub(crate) fn build(args: &GazetteerBuildArgs, talk: &mut Talk) -> Exit {
    let divisions = match &args.divisions {
        None => Divisions::default(),
        Some(path) => match text(path, talk).map(|t| Divisions::parse(&t)) {
            Err(exit) => return exit,
            Ok(Ok(divisions)) => divisions,
            Ok(Err(faults)) => {
                tell(path, &faults, talk);
                return Exit::Data;
            }
        },
    };
    let (mut entries, mut faulty) = (Vec::new(), 0);
    for path in &args.files {
        let text = match text(path, talk) {
            Ok(text) => text,
            Err(exit) => return exit,
        };
        let mut reading = read(&text, &divisions);
        entries.append(&mut reading.entries);
        tell(path, &reading.faults, talk);
        faulty += reading.faults.len();
    }
    if faulty > 0 && !args.skip_faults {
        talk.error(&format!("{faulty} lines cannot be read; nothing was written"), Some("--skip-faults leaves them out"));
        return Exit::Data;
    }
    entries.sort_by(|a, b| (a.country, &a.admin1, &a.name, a.geonames_id).cmp(&(b.country, &b.admin1, &b.name, b.geonames_id)));
    entries.dedup_by_key(|e| e.geonames_id);
    if entries.is_empty() {
        talk.error("no place in these files; nothing was written", None);
        return Exit::Data;
    }
    let name = visible(&args.output.display().to_string());
    let bytes = match compile(&entries) {
        Ok(bytes) => bytes,
        Err(error) => {
            talk.error(&error.to_string(), None);
            return Exit::Failed;
        }
    };
    if let Err(error) = write(&args.output, &bytes) {
        talk.error(&format!("{name}: {error}"), None);
        return Exit::Failed;
    }
    talk.summary(&format!("{} places, {} bytes: {name}", entries.len(), bytes.len()));
    talk.summary("contains information from GeoNames (geonames.org), CC BY 4.0");
    Exit::Done
}

fn text(path: &Path, talk: &mut Talk) -> Result<String, Exit> {
    fs::read_to_string(path).map_err(|error| {
        talk.error(&format!("{}: {error}", visible(&path.display().to_string())), None);
        Exit::Data
    })
}

fn tell(path: &Path, faults: &[Fault], talk: &mut Talk) {
    let name = visible(&path.display().to_string());
    for fault in faults.iter().take(SHOWN_FAULTS) {
        talk.error(&format!("{name}: {}", visible(&fault.to_string())), None);
    }
    if faults.len() > SHOWN_FAULTS {
        talk.error(&format!("{name}: {} more faults", faults.len() - SHOWN_FAULTS), None);
    }
}

/// A new file takes the place of the old one, which may be in use, only when it is whole.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}
