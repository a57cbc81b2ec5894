namespace VpcRouter.Storage;

/// <summary>
/// The folder in which the router keeps what must survive a restart: a posted route spec, which default routes are its own.
/// It is made when it is claimed or first written to. Thread-safe for different files.
/// </summary>
/// <param name="path">The folder; it needn't exist.</param>
public sealed class StateFolder(string path) : IDisposable
{
    private const string LockFile = "lock";
    private readonly Lock _claimLock = new();
    private FileStream? _claim;

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>
    /// The folder that a setting names; else the one that the service manager gives (<c>$STATE_DIRECTORY</c>, of several the first);
    /// else <c>vpcrouter</c> in the user's state folder (<c>$XDG_STATE_HOME</c>, or <c>~/.local/state</c>).
    /// </summary>
    /// <param name="configured">What the setting says; empty or <see langword="null"/> for nothing.</param>
    /// <param name="environment">Gives an environment variable's value.</param>
    public static StateFolder Find(string? configured, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (!string.IsNullOrEmpty(configured))
            return new StateFolder(configured);
        if (environment("STATE_DIRECTORY")?.Split(':', StringSplitOptions.RemoveEmptyEntries) is [var given, ..])
            return new StateFolder(given);
        var state = environment("XDG_STATE_HOME") is { Length: > 0 } home
            ? home
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return new StateFolder(System.IO.Path.Combine(state, "vpcrouter"));
    }

    /// <summary>
    /// Takes the folder for this process until it ends, however it ends: two routers that wrote into one would overwrite each
    /// other's state. Claiming again does nothing.
    /// </summary>
    /// <exception cref="IOException">Another process has it, or it can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Claim()
    {
        lock (_claimLock)
        {
            if (_claim is not null)
                return;
            Directory.CreateDirectory(Path);
            // The system lets go of the lock when the process ends, even by kill -9; the file itself may stay.
            _claim = new FileStream(FileOf(LockFile), OptionsForLock());
        }
    }

    /// <summary>Lets go of the folder.</summary>
    public void Dispose()
    {
        lock (_claimLock)
        {
            _claim?.Dispose();
            _claim = null;
        }
    }

    /// <summary>The content of a file, or <see langword="null"/> when there is none.</summary>
    /// <param name="name">The file's name in the folder.</param>
    /// <exception cref="IOException">It is there, but can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It is there, but may not be read.</exception>
    public byte[]? Read(string name)
    {
        try
        {
            return File.ReadAllBytes(FileOf(name));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Replaces a file; on return the content survives a crash and a power cut.</summary>
    /// <param name="name">The file's name in the folder.</param>
    /// <param name="content">The new content.</param>
    /// <exception cref="IOException">It can't be written; the old content stays.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; the old content stays.</exception>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path);
        AtomicFile.Write(FileOf(name), content);
    }

    // Whoever may open it could hold the lock, and keep the router from starting.
    private static FileStreamOptions OptionsForLock()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private string FileOf(string name) => System.IO.Path.Combine(Path, name);
}
