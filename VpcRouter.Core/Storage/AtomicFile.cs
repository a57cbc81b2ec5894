using System.Runtime.InteropServices;

namespace VpcRouter.Storage;

/// <summary>Replaces files so that a crash at any moment leaves the old content or the new one, whole. Thread-safe for different files.</summary>
internal static partial class AtomicFile
{
    private const string Unfinished = ".new";

    /// <summary>Writes beside the file, syncs, renames over it and syncs the folder: on return the new content survives a power cut.</summary>
    /// <exception cref="IOException">It can't be written; the old content stays.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; the old content stays.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content) => Write(path, content, SyncFolder);

    /// <summary>The same, with the syncing of the folder given.</summary>
    internal static void Write(string path, ReadOnlySpan<byte> content, Action<string> syncFolder)
    {
        var beside = path + Unfinished;
        WriteNew(beside, content);
        // The handle keeps the old content after the rename has taken its name away.
        using var before = OpenOld(path);
        File.Move(beside, path, overwrite: true);
        try
        {
            syncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (IOException e)
        {
            PutBack(path, before, e);
            throw;
        }
    }

    // A rename is in the folder, and lasts only once the folder is on disk. Windows neither needs nor allows that.
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            throw new IOException($"{folder} can't be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            if (Fsync(descriptor) != 0)
                throw new IOException($"{folder} can't be synced to disk: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static void WriteNew(string path, ReadOnlySpan<byte> content)
    {
        // What lies there may be a link, or open to more eyes than a new file is.
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    // Windows would refuse to rename over an open file, and has no syncing of the folder that could fail.
    private static FileStream? OpenOld(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() ? null : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    // Who is told that the write failed must not find the new content in force after a restart.
    private static void PutBack(string path, FileStream? before, IOException failure)
    {
        try
        {
            if (before is null)
            {
                File.Delete(path);
                return;
            }

            var content = new byte[before.Length];
            before.ReadExactly(content);
            WriteNew(path + Unfinished, content);
            File.Move(path + Unfinished, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{failure.Message.TrimEnd('.')}, nor can the old content be put back, so that the new one counts after a restart: {e.Message.TrimEnd('.')}", failure);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
