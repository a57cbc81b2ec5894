namespace VpcRouter.AspNetCore.Responses;

/// <summary>
/// Lets only so many answers be made at once, fewer than there are cores, so that the router always finds a thread and a core however
/// many ask. Whoever waits for a client to read leaves it meanwhile. Thread-safe.
/// </summary>
/// <param name="slots">How many.</param>
internal sealed class RenderGate(int slots) : IDisposable
{
    /// <summary>How many may wait to begin; whoever comes then is better told to come again.</summary>
    public const int MostWaiting = 100;

    private readonly SemaphoreSlim _slots = new(slots);
    private int _waiting;

    /// <summary>Waits for a slot to begin an answer.</summary>
    /// <returns>False when too many wait already: nothing was taken.</returns>
    public async ValueTask<bool> TryEnterAsync()
    {
        if (_slots.Wait(0))
            return true;
        try
        {
            if (Interlocked.Increment(ref _waiting) > MostWaiting)
                return false;
            await EnterAgainAsync().ConfigureAwait(false);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Waits for a slot to go on with an answer that is half sent, and can't be refused any more.</summary>
    public Task EnterAgainAsync() => _slots.WaitAsync();

    public void Leave() => _slots.Release();

    public void Dispose() => _slots.Dispose();
}
