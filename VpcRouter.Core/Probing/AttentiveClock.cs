namespace VpcRouter.Probing;

/// <summary>
/// The time that has passed while the prober was able to look. A process that is stopped, starved of CPU or collecting garbage sees
/// neither answers nor their absence; that time must not count against anybody, nor may a crowd of overdue probes go out after it.
/// Pure: the true time is passed in. Not thread-safe.
/// </summary>
/// <remarks>
/// The prober always plans to look when the next thing is due, deadlines included. So all it ever misses lies between the planned look
/// and the actual one. What is beyond <see cref="Tolerance"/> of that is taken out of this clock.
/// </remarks>
internal sealed class AttentiveClock
{
    /// <summary>Waking up late by so little is everyday scheduling; whatever arrived meanwhile is read before a deadline counts.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(20);

    private TimeSpan _missed;

    /// <summary>What this clock shows at a true time.</summary>
    public TimeSpan At(TimeSpan elapsed) => elapsed - _missed;

    /// <summary>Notes that the prober looks.</summary>
    /// <param name="elapsed">The true time.</param>
    /// <param name="planned">When, by this clock, it meant to look at the latest; <see langword="null"/> when nothing was due.</param>
    /// <param name="missed">How much time was taken out; zero for a look in time.</param>
    /// <returns>What this clock shows now.</returns>
    public TimeSpan Look(TimeSpan elapsed, TimeSpan? planned, out TimeSpan missed)
    {
        var now = At(elapsed);
        missed = planned is { } plan && now - plan > Tolerance ? now - plan : TimeSpan.Zero;
        _missed += missed;
        return now - missed;
    }
}
