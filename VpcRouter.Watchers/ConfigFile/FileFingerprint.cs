namespace VpcRouter.Watchers.ConfigFile;

/// <summary>What the file system says of a file without reading it. Two equal fingerprints mean, most likely, the same content.</summary>
internal readonly record struct FileFingerprint(string Target, bool Exists, long Length, long LastWriteTicks)
{
    private const int CheapLength = 64 * 1024;

    /// <summary>Whether reading the file costs so little that looking at its content beats guessing by length and time.</summary>
    public bool IsCheapToRead => Exists && Length <= CheapLength;

    public static FileFingerprint Of(string target)
    {
        var file = new FileInfo(target);
        return file.Exists ? new FileFingerprint(target, true, file.Length, file.LastWriteTimeUtc.Ticks) : new FileFingerprint(target, false, 0, 0);
    }
}
