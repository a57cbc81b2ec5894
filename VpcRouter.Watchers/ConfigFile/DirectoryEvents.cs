using Microsoft.Extensions.Logging;

namespace VpcRouter.Watchers.ConfigFile;

/// <summary>Raises a signal when the operating system reports a change of one of the names in a link chain. Used by one thread.</summary>
internal sealed partial class DirectoryEvents(ChangeSignal signal, ILogger logger) : IDisposable
{
    private readonly List<FileSystemWatcher> _watchers = [];
    private LinkChain? _chain;
    private bool _saidUnavailable;
    private volatile bool _failed;

    /// <summary>Sees to it that the chain is watched; does nothing while it is.</summary>
    public void Watch(LinkChain chain)
    {
        if (!_failed && chain.WatchesTheSameAs(_chain))
            return;
        Reset();
        _chain = chain;
        foreach (var (directory, names) in chain.Names)
            Add(directory, name => name is not null && names.Contains(name));
    }

    /// <summary>Forgets what is watched, so that it is watched anew: a watcher whose directory was replaced hears nothing more.</summary>
    public void Reset()
    {
        foreach (var watcher in _watchers)
            watcher.Dispose();
        _watchers.Clear();
        _chain = null;
        _failed = false;
    }

    public void Dispose() => Reset();

    private void Add(string directory, Func<string?, bool> matters)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(directory)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.Attributes,
            };
            watcher.Changed += (_, e) => RaiseIf(matters(e.Name));
            watcher.Created += (_, e) => RaiseIf(matters(e.Name));
            watcher.Deleted += (_, e) => RaiseIf(matters(e.Name));
            watcher.Renamed += (_, e) => RaiseIf(matters(e.Name) || matters(e.OldName));
            watcher.Error += OnError;
            watcher.EnableRaisingEvents = true;
            _watchers.Add(watcher);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            // No directory, no permission, no watches left: the poll sees the change as well, only later.
            watcher?.Dispose();
            if (!_saidUnavailable)
                LogUnavailable(directory, e.Message);
            _saidUnavailable = true;
        }
    }

    private void RaiseIf(bool matters)
    {
        if (matters)
            signal.Raise();
    }

    // Events may have been lost: the file is read again, and the watchers are made anew before that.
    private void OnError(object sender, ErrorEventArgs e)
    {
        LogLost(e.GetException().Message);
        _failed = true;
        signal.Raise();
    }
}
