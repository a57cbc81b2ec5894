using VpcRouter.Storage;

namespace VpcRouter.Hosting.Journaling;

/// <summary>
/// A file of lines that only grows, until it is set aside as FILE.1 and begun anew. A line that a crash cut off is ended when the file
/// is opened next, so that the one after it is whole; a failed append leaves nothing behind. Not thread-safe.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="size">The bytes after which it is set aside.</param>
/// <param name="kept">How many files set aside are kept.</param>
/// <param name="open">Opens a file for reading and appending; another than the file system's for tests.</param>
internal sealed class JournalFile(string path, long size, int kept, Func<string, Stream>? open = null) : IDisposable
{
    private readonly Func<string, Stream> _open = open ?? OpenFile;
    private Stream? _file;

    /// <summary>Every file of a journal that there is, the oldest first.</summary>
    public static IEnumerable<string> FilesOf(string path, int kept) =>
        Enumerable.Range(0, kept + 1).Reverse().Select(age => Aged(path, age)).Where(File.Exists);

    /// <summary>Opens the file now instead of at the first line.</summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public void Open() => _file ??= OpenWhole();

    /// <summary>Appends whole lines; on return they survive a crash of the process and of the machine.</summary>
    /// <returns>Why a full file could not be set aside and goes on growing; <see langword="null"/> when all is well.</returns>
    /// <exception cref="IOException">They can't be written; none of them is in the file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public Exception? Append(ReadOnlySpan<byte> lines)
    {
        Open();
        var problem = _file!.Length > 0 && _file.Length + lines.Length > size ? SetAside() : null;
        Open();
        var before = _file.Length;
        try
        {
            _file.Seek(0, SeekOrigin.End);
            _file.Write(lines);
            Sync(_file);
        }
        catch
        {
            Undo(before);
            throw;
        }

        return problem;
    }

    public void Dispose() => Close();

    private static Stream OpenFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        return new FileStream(path, options);
    }

    private static string Aged(string path, int age) => age == 0 ? path : $"{path}.{age}";

    private static void Sync(Stream file)
    {
        if (file is FileStream onDisk)
            onDisk.Flush(flushToDisk: true);
        else
            file.Flush();
    }

    private Stream OpenWhole()
    {
        var file = _open(path);
        try
        {
            EndCutOffLine(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static void EndCutOffLine(Stream file)
    {
        if (file.Length == 0)
            return;
        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() == '\n')
            return;
        file.Seek(0, SeekOrigin.End);
        file.WriteByte((byte)'\n');
    }

    private Exception? SetAside()
    {
        Close();
        try
        {
            for (var age = kept; age > 0; age--)
            {
                if (File.Exists(Aged(path, age - 1)))
                    File.Move(Aged(path, age - 1), Aged(path, age), overwrite: true);
            }

            AtomicFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e;
        }
    }

    // Cutting the file back works where writing doesn't, on a full disk too. Where it doesn't, opening anew ends the line.
    private void Undo(long length)
    {
        try
        {
            _file!.SetLength(length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
        }

        Close();
    }

    private void Close()
    {
        var file = _file;
        _file = null;
        try
        {
            file?.Dispose();
        }
        catch (IOException)
        {
            // What was written is synced already; what wasn't has been told as a failure.
        }
    }
}
