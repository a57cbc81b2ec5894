namespace VpcRouter.AspNetCore;

/// <summary>Says which of many things of one kind are worth a line in the log: the first, and then every hundredth. Thread-safe.</summary>
internal sealed class LineRation
{
    private const long LineEvery = 100;
    private long _count;

    /// <summary>Counts one.</summary>
    /// <param name="number">Which of its kind it is, from 1.</param>
    /// <returns>Whether it is worth a line.</returns>
    public bool IsWorthALine(out long number)
    {
        number = Interlocked.Increment(ref _count);
        return number % LineEvery == 1;
    }

    /// <summary>It is over: the next is news again.</summary>
    public void Reset() => Interlocked.Exchange(ref _count, 0);
}
