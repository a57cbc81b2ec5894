using System.Globalization;

namespace VpcRouter.Testing.Running;

/// <summary>
/// How long a test waits, in real time whatever clock the plugin has: a limit that only keeps a broken test from hanging. It is waited for
/// turn by turn, and a turn that is seen late counts no more than another: a machine that stood still did so for the plugin as well. When
/// everything is late all the time, which may be the plugin's own doing, four times the limit is the end.
/// </summary>
internal sealed class Patience(TimeSpan? limit)
{
    private const int MostLate = 4;
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(100);
    private readonly TimeSpan _limit = limit is { } given && given == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : limit ?? Default;
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private TimeSpan _waited;
    private long _countedAt = TimeProvider.System.GetTimestamp();

    /// <summary>Waits for a task to end in whatever way, but for no longer than <paramref name="atMost"/>.</summary>
    /// <returns>False when the limit has passed and the task hasn't ended.</returns>
    public async Task<bool> WaitAsync(Task task, TimeSpan? atMost = null)
    {
        do
        {
            await task.WaitAsync(Shorter(atMost ?? LongestTurn, Shorter(LongestTurn, _limit - _waited)), TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Count();
        }
        while (atMost is null && !task.IsCompleted && _waited < _limit);
        return task.IsCompleted || _waited < _limit;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_limit.TotalSeconds:0.###} s");

    private void Count()
    {
        var now = TimeProvider.System.GetTimestamp();
        var isOver = TimeProvider.System.GetElapsedTime(_startedAt, now) / MostLate >= _limit;
        _waited = isOver ? _limit : Shorter(_limit, _waited + Shorter(LongestTurn, TimeProvider.System.GetElapsedTime(_countedAt, now)));
        _countedAt = now;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
