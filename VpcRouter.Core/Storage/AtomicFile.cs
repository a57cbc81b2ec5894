using System.Runtime.InteropServices;

namespace VpcRouter.Storage;

/// <summary>Replaces files so that a crash at any moment leaves the old content or the new one, whole. Thread-safe for different files.</summary>
internal static partial class AtomicFile
{
    private const string Unfinished = ".new";

    /// <summary>Writes beside the file, syncs, renames over it and syncs the folder: on return the new content survives a power cut.</summary>
    /// <exception cref="IOException">It can't be written; the old content stays.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; the old content stays.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var beside = path + Unfinished;
        using (var file = new FileStream(beside, OptionsForNew()))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
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

    private static FileStreamOptions OptionsForNew()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
