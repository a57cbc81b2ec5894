using Etcdserverpb;
using Google.Protobuf;
using Grpc.Core;
using Mvccpb;

namespace VpcRouter.Romana.Etcd;

/// <summary>Follows one key over one connection: read first, then watched from the revision after that, so that nothing is lost between. Used once.</summary>
internal sealed class KeyFollower(EtcdConnection connection, string key, TimeSpan checkInterval, TimeProvider time)
{
    private readonly ByteString _key = ByteString.CopyFromUtf8(key);
    private long _seen;
    private long _told;

    /// <summary>Reads the key. The answer is agreed on by a majority of the cluster, so it never lies before one that was given earlier.</summary>
    public async Task<KeyState> ReadAsync(CancellationToken cancellationToken)
    {
        var state = await RangeAsync(keysOnly: false, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _seen, state.ModRevision);
        return state;
    }

    /// <summary>Watches the key until the connection is no good any more.</summary>
    /// <param name="revision">The first revision whose changes count.</param>
    /// <param name="onWatching">Called once, when etcd has confirmed the watch.</param>
    /// <param name="onChange">Called with each new state, one at a time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EtcdException">Always, unless cancelled: why the watch has ended.</exception>
    public async Task FollowAsync(long revision, Action onWatching, Action<KeyState> onChange, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = connection.Watches.Watch(connection.Headers, cancellationToken: ended.Token);
        await CreateAsync(call, revision, ended.Token).ConfigureAwait(false);
        onWatching();
        var watching = WatchAsync(call.ResponseStream, onChange, ended.Token);
        var checking = CheckAsync(ended.Token);
        var first = await Task.WhenAny(watching, checking).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(watching, checking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
    }

    private static void ThrowIfCanceled(WatchResponse response)
    {
        if (!response.Canceled)
            return;
        if (response.CompactRevision != 0)
            throw new EtcdException($"etcd has compacted the changes up to revision {response.CompactRevision}") { IsRoutine = true };
        throw new EtcdException($"etcd has ended the watch: {(response.CancelReason.Length > 0 ? response.CancelReason : "it gives no reason")}");
    }

    private async Task CreateAsync(AsyncDuplexStreamingCall<WatchRequest, WatchResponse> call, long revision, CancellationToken cancellationToken)
    {
        var request = new WatchRequest { CreateRequest = new WatchCreateRequest { Key = _key, StartRevision = revision } };
        var isAnswered = await connection.CallAsync(
            async limited =>
            {
                await WriteAsync(call, request, limited).ConfigureAwait(false);
                return await call.ResponseStream.MoveNext(limited).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        if (!isAnswered)
            throw new EtcdException("etcd has ended the connection");
        ThrowIfCanceled(call.ResponseStream.Current);
    }

    private static async Task WriteAsync(AsyncDuplexStreamingCall<WatchRequest, WatchResponse> call, WatchRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await call.RequestStream.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // The call ended before anything could be written; why, the response says.
        }
    }

    private async Task WatchAsync(IAsyncStreamReader<WatchResponse> responses, Action<KeyState> onChange, CancellationToken cancellationToken)
    {
        try
        {
            while (await responses.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                var response = responses.Current;
                ThrowIfCanceled(response);
                if (response.Events is not [.., var last])
                    continue;
                // Only the newest state counts, however many changes come together.
                var state = last.Type == Event.Types.EventType.Delete
                    ? new KeyState(null, response.Header.Revision, 0)
                    : new KeyState(last.Kv.Value.Memory, response.Header.Revision, last.Kv.ModRevision);
                onChange(state);
                Volatile.Write(ref _seen, state.ModRevision);
                Interlocked.Increment(ref _told);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && EtcdException.IsFailedCall(e))
        {
            throw EtcdException.Of(e);
        }

        throw new EtcdException("etcd has ended the connection");
    }

    // A connection whose other end has vanished without a word looks like one on which nothing happens. Asking over the same connection tells
    // them apart; it also finds a login that has run out, a member without its cluster, and a watch that keeps changes to itself.
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        // A key that is written often is another one at each check, so what counts is that the watch had something to tell and told nothing.
        long? toldWhenMissing = null;
        while (true)
        {
            await Task.Delay(checkInterval, time, cancellationToken).ConfigureAwait(false);
            var state = await RangeAsync(keysOnly: true, cancellationToken).ConfigureAwait(false);
            var told = Interlocked.Read(ref _told);
            if (state.ModRevision == Volatile.Read(ref _seen))
                toldWhenMissing = null;
            else if (told == toldWhenMissing)
                throw new EtcdException($"the watch hasn't told of revision {state.Revision} within {checkInterval.TotalSeconds} s");
            else
                toldWhenMissing = told;
        }
    }

    private async Task<KeyState> RangeAsync(bool keysOnly, CancellationToken cancellationToken)
    {
        var request = new RangeRequest { Key = _key, KeysOnly = keysOnly };
        var response = await connection.CallAsync(
            limited => connection.Keys.RangeAsync(request, connection.Headers, cancellationToken: limited).ResponseAsync,
            cancellationToken).ConfigureAwait(false);
        return response.Kvs is [var found]
            ? new KeyState(found.Value.Memory, response.Header.Revision, found.ModRevision)
            : new KeyState(null, response.Header.Revision, 0);
    }
}
