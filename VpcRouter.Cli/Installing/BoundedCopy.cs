using System.IO.Compression;

namespace VpcRouter.Cli.Installing;

/// <summary>Copies a plugin's files out of an archive or a folder, within bounds, and nowhere else than into the target.</summary>
/// <param name="target">The full path of an empty folder.</param>
/// <param name="mostBytes">How many bytes it may take.</param>
internal sealed class BoundedCopy(string target, long mostBytes = BoundedCopy.MostBytes)
{
    public const long MostBytes = 512L * 1024 * 1024;
    public const int MostFiles = 10_000;
    public const UnixFileMode OfFolders = OfFiles | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode OfFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private readonly byte[] _buffer = new byte[81920];
    private long _bytes;
    private int _files;

    /// <exception cref="CommandFailedException">It is too big, or wants to write elsewhere.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void FromArchive(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        foreach (var entry in archive.Entries.Where(entry => !entry.FullName.EndsWith('/') && !entry.FullName.EndsWith('\\')))
        {
            using var content = entry.Open();
            Write(entry.FullName.Replace('\\', '/'), content, path);
        }
    }

    /// <exception cref="CommandFailedException">It is too big.</exception>
    public void FromFolder(string path)
    {
        foreach (var file in Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            using var content = File.OpenRead(file);
            Write(Path.GetRelativePath(path, file), content, path);
        }
    }

    // The modes that an archive or a folder has may let everybody write; whatever runs from here must not.
    private void Write(string name, Stream content, string source)
    {
        var path = Path.GetFullPath(Path.Combine(target, name));
        if (!path.StartsWith(target + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new CommandFailedException($"\"{source}\" is not installed: its entry \"{name}\" would be written outside the plugin's folder");
        if (++_files > MostFiles)
            throw new CommandFailedException($"\"{source}\" is not installed: it holds more than {MostFiles} files");
        MakeFolder(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file.SafeFileHandle, OfFiles);
        for (int read; (read = content.Read(_buffer)) > 0;)
        {
            if ((_bytes += read) > mostBytes)
                throw new CommandFailedException($"\"{source}\" is not installed: unpacked it is bigger than {mostBytes / (1024 * 1024)} MiB");
            file.Write(_buffer.AsSpan(0, read));
        }
    }

    private static void MakeFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        MakeFolder(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, OfFolders);
    }
}
