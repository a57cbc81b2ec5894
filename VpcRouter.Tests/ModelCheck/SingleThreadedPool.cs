namespace VpcRouter.Tests.ModelCheck;

/// <summary>
/// Leaves the thread pool of this process one thread to work with for as long as it lives. The router's continuations all run on the
/// pool; with one thread they run in the order in which they were queued, so a scenario goes the same way every time. It also makes it
/// possible to tell when nothing is left to do. Code that blocks a pool thread would hang here.
/// </summary>
internal sealed class SingleThreadedPool : IDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private readonly (int Workers, int Ports) _min;
    private readonly (int Workers, int Ports) _max;

    public SingleThreadedPool()
    {
        ThreadPool.GetMinThreads(out _min.Workers, out _min.Ports);
        ThreadPool.GetMaxThreads(out _max.Workers, out _max.Ports);
        if (!ThreadPool.SetMinThreads(1, _min.Ports) || !ThreadPool.SetMaxThreads(CountHeldThreads(_max.Workers) + 1, _max.Ports))
            throw new PlatformNotSupportedException("this runtime doesn't let the thread pool have so few threads");
    }

    /// <summary>Does something with one thread, so that it goes the same way on every machine.</summary>
    public static T Run<T>(Func<Task<T>> work)
    {
        using var pool = new SingleThreadedPool();
        return Task.Run(work).GetAwaiter().GetResult();
    }

    /// <summary>Completes when everything that was queued, and whatever that queued in turn, has run. Called on the pool's thread.</summary>
    public static async Task QuiesceAsync()
    {
        do
            await Task.Yield();
        while (ThreadPool.PendingWorkItemCount > 0);
    }

    public void Dispose()
    {
        ThreadPool.SetMaxThreads(_max.Workers, _max.Ports);
        ThreadPool.SetMinThreads(_min.Workers, _min.Ports);
    }

    // The test host keeps threads of the pool for good, waiting for orders. Those that are only busy now are free before long.
    private static int CountHeldThreads(int max)
    {
        var (held, waited, last) = (int.MaxValue, TimeSpan.Zero, TimeProvider.System.GetTimestamp());
        while (waited < LongEnough)
        {
            ThreadPool.GetAvailableThreads(out var available, out _);
            held = Math.Min(held, max - available);
            Thread.Yield();
            var now = TimeProvider.System.GetTimestamp();
            var passed = TimeProvider.System.GetElapsedTime(last, now);
            // While the machine stands still nobody gets on with his work, so that doesn't count.
            waited += passed < Moment ? passed : Moment;
            last = now;
        }

        return held;
    }
}
