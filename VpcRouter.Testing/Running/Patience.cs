using System.Globalization;

namespace VpcRouter.Testing.Running;

/// <summary>How long a test waits, in real time whatever clock the plugin has: a limit that only keeps a broken test from hanging.</summary>
internal sealed class Patience(TimeSpan? limit)
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _limit = limit ?? Default;
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();

    /// <summary>Waits for a task to end in whatever way, but for no longer than <paramref name="atMost"/>.</summary>
    /// <returns>False when the limit has passed and the task hasn't ended.</returns>
    public async Task<bool> WaitAsync(Task task, TimeSpan? atMost = null)
    {
        var left = _limit - TimeProvider.System.GetElapsedTime(_startedAt);
        if (left > TimeSpan.Zero)
            await task.WaitAsync(atMost < left ? atMost.Value : left, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted || TimeProvider.System.GetElapsedTime(_startedAt) < _limit;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_limit.TotalSeconds:0.###} s");
}
