namespace VpcRouter.Reconciliation.Writing;

/// <summary>
/// How fast one action's writes may go after EC2 has throttled it earlier than the limits said: after a pause as before, for one refusal
/// shows only that EC2's bucket was a little emptier than ours; half as fast at each further one, a little faster again at each answer,
/// until the limits alone decide, or until no write has gone for so long that EC2's bucket is full again. Not thread-safe.
/// </summary>
/// <param name="fullSpeed">The writes per second that the limits allow.</param>
/// <param name="jitter">Where the jitter comes from.</param>
internal sealed class ThrottlePace(double fullSpeed, Random jitter)
{
    // EC2 refills at 5 a second, and at a few times that for those who asked. From there halving is a matter of seconds.
    private const double FastestGuess = 20;
    private const double Slowest = 0.2;
    private const int AnswersToFullSpeed = 20;
    private static readonly TimeSpan Refilled = TimeSpan.FromMinutes(1);
    private int _answersInARow = AnswersToFullSpeed;
    private DateTimeOffset _loweredAt = DateTimeOffset.MinValue;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>Writes per second; <see langword="null"/> while the limits alone decide.</summary>
    public double? PerSecond { get; private set; }

    /// <summary>Slows down. Refusals of writes that were begun before it slowed down last are the same news again.</summary>
    /// <returns>Whether it slowed down.</returns>
    public bool OnThrottled(DateTimeOffset begunAt, DateTimeOffset now)
    {
        if (begunAt < _loweredAt)
            return false;
        ForgetAfterPause(now);
        var isFirst = _answersInARow >= AnswersToFullSpeed && fullSpeed <= FastestGuess;
        _answersInARow = 0;
        var rate = isFirst ? fullSpeed : Math.Max(Math.Min(Slowest, fullSpeed), Math.Min(PerSecond ?? fullSpeed, FastestGuess) / 2);
        PerSecond = rate;
        _loweredAt = now;
        _notBefore = now + TimeSpan.FromSeconds((1 + (jitter.NextDouble() / 2)) / rate);
        return true;
    }

    /// <summary>Speeds up a little.</summary>
    /// <returns>Whether full speed was reached by that.</returns>
    public bool OnAnswered()
    {
        _answersInARow = Math.Min(AnswersToFullSpeed, _answersInARow + 1);
        if (PerSecond is not { } rate)
            return false;
        rate += fullSpeed / AnswersToFullSpeed;
        PerSecond = rate < fullSpeed ? rate : null;
        return PerSecond is null;
    }

    /// <summary>How long the next write must wait; nothing or less when it may go.</summary>
    public TimeSpan Wait(DateTimeOffset now)
    {
        ForgetAfterPause(now);
        return PerSecond is null ? TimeSpan.Zero : _notBefore - now;
    }

    /// <summary>Counts a write that goes now.</summary>
    public void Begin(DateTimeOffset now)
    {
        if (PerSecond is { } rate)
            _notBefore = now + TimeSpan.FromSeconds(1 / rate);
    }

    // A failover hours after a bad minute must not begin at that minute's pace.
    private void ForgetAfterPause(DateTimeOffset now)
    {
        if (now - _notBefore > Refilled)
            (PerSecond, _answersInARow) = (null, AnswersToFullSpeed);
    }
}
