//! place: whether a folder lies where two machines may write at once, told by its path. The journal's lock is the system's; a
//! service that copies folders between machines does not know it, and not every server passes it on.

use std::path::Path;

/// Where a folder lies that is not of this machine alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a folder that a service copies between machines, by the service's name.
    Copied(&'static str),
    /// On a server.
    Server,
}

/// What the first word of a part of a path tells: OneDrive calls its folders `OneDrive - Kommunen`.
const SERVICES: [(&str, &str); 8] = [
    ("onedrive", "OneDrive"),
    ("sharepoint", "SharePoint"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("icloud drive", "iCloud Drive"),
    ("com~apple~clouddocs", "iCloud Drive"),
    ("nextcloud", "Nextcloud"),
];

/// Kinds of file systems on a server, as Linux names them.
const OF_SERVERS: [&str; 7] = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs"];

/// Where a whole path lies, written as any system writes it; `mounts` is what Linux tells of its file systems, empty elsewhere.
pub(crate) fn place_of(path: &str, mounts: &str) -> Option<Place> {
    let plain = path.strip_prefix(r"\\?\").unwrap_or(path);
    let parts = plain.split(['/', '\\']).map(str::to_lowercase);
    let service = |part: String| {
        SERVICES.iter().find(|(start, _)| {
            let rest = part.strip_prefix(start);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        })
    };
    if let Some((_, name)) = parts.into_iter().find_map(service) {
        return Some(Place::Copied(name));
    }
    // \\server\share, and \\?\UNC\server\share where the system wrote it out; both drives and shares are told so.
    let is_share = (plain.starts_with(r"\\") && plain.len() > 2) || plain.starts_with(r"UNC\");
    (is_share || is_of_a_server(path, mounts)).then_some(Place::Server)
}

/// Whether the nearest mount above a path is of a server: `server:/share /mnt/share nfs4 rw 0 0`.
fn is_of_a_server(path: &str, mounts: &str) -> bool {
    let mount = |line: &str| {
        let mut words = line.split(' ').skip(1);
        // The system writes a space within a name as \040.
        Some((words.next()?.replace(r"\040", " "), words.next()?.to_owned()))
    };
    let above = |(point, _): &(String, String)| Path::new(path).starts_with(point);
    let nearest = mounts.lines().filter_map(mount).filter(above).max_by_key(|(point, _)| point.len());
    nearest.is_some_and(|(_, kind)| OF_SERVERS.contains(&kind.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: Option<Place>) {
        assert_eq!(place_of(path, ""), expected, "{path}");
    }

    #[test]
    fn a_folder_that_a_service_copies_is_known_by_its_path() {
        check(r"C:\Users\asa\OneDrive - Kommunen\Avgift", Some(Place::Copied("OneDrive")));
        check(r"\\?\C:\Users\asa\OneDrive\Avgift", Some(Place::Copied("OneDrive")));
        check("/Users/asa/Library/CloudStorage/OneDrive-Kommunen/avgift", Some(Place::Copied("OneDrive")));
        check(
            "/Users/asa/Library/Mobile Documents/com~apple~CloudDocs/avgift",
            Some(Place::Copied("iCloud Drive")),
        );
        check("/home/asa/Dropbox/avgift", Some(Place::Copied("Dropbox")));
        check("/home/asa/Dropbox (Kommunen)/avgift", Some(Place::Copied("Dropbox")));
        check(r"G:\Google Drive\avgift", Some(Place::Copied("Google Drive")));
    }

    /// A part that only begins so is another word.
    #[test]
    fn a_name_that_only_resembles_one_is_none() {
        check("/home/asa/dropboxes/avgift", None);
        check("/home/asa/onedriver/avgift", None);
        check(r"C:\Users\asa\Avgift", None);
        check("/Users/asa/avgift", None);
        check("/home/asa/avgift", None);
        check("", None);
    }

    #[test]
    fn a_share_of_windows_is_on_a_server() {
        check(r"\\server\ekonomi\avgift", Some(Place::Server));
        check(r"\\?\UNC\server\ekonomi\avgift", Some(Place::Server));
        check(r"\\?\C:\avgift", None);
    }

    #[test]
    fn the_nearest_mount_tells_the_kind() {
        let mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/ekonomi /mnt/ekonomi nfs4 rw 0 0\n\
                      //server/delad /mnt/delad\\040mapp cifs rw 0 0\ntmpfs /mnt/ekonomi/tmp tmpfs rw 0 0\n";
        for (path, expected) in [
            ("/mnt/ekonomi/avgift", Some(Place::Server)),
            ("/mnt/delad mapp/avgift", Some(Place::Server)),
            ("/mnt/ekonomi/tmp/avgift", None),
            ("/mnt/ekonomin/avgift", None),
            ("/home/asa/avgift", None),
        ] {
            assert_eq!(place_of(path, mounts), expected, "{path}");
        }
    }
}
