using System.Threading.Channels;

namespace VpcRouter.Testing.Running;

/// <summary>The host's channel, which also knows whether the plugin wrote when it should have been gone.</summary>
internal sealed class WatchedChannel<T> : Channel<T>
{
    private readonly WatchedWriter _writer;

    public WatchedChannel(Channel<T> channel)
    {
        _writer = new WatchedWriter(channel.Writer);
        Reader = channel.Reader;
        Writer = _writer;
    }

    /// <summary>How often something was written after the plugin had returned.</summary>
    public int LateWrites => _writer.LateWrites;

    public void PluginEnded() => _writer.HasEnded = true;

    private sealed class WatchedWriter(ChannelWriter<T> writer) : ChannelWriter<T>
    {
        private int _lateWrites;
        private volatile bool _hasEnded;

        public int LateWrites => Volatile.Read(ref _lateWrites);

        public bool HasEnded
        {
            set => _hasEnded = value;
        }

        public override bool TryWrite(T item)
        {
            if (_hasEnded)
                Interlocked.Increment(ref _lateWrites);
            return writer.TryWrite(item);
        }

        public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => writer.WaitToWriteAsync(cancellationToken);

        public override bool TryComplete(Exception? error = null) => writer.TryComplete(error);
    }
}
