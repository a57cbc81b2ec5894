using Microsoft.Extensions.Logging;
using VpcRouter.Hosting.Events;

namespace VpcRouter.Hosting;

/// <summary>Keeps in the state which guards hold something back, and tells the log and the listeners whenever one begins or ceases to. Thread-safe.</summary>
internal sealed partial class GuardBoard(RouterState state, RouterEvents events, TimeProvider time, ILogger logger)
{
    public const string Idle = "holds nothing back";
    private readonly Lock _lock = new();

    /// <summary>Shows a guard that is switched on and holds nothing back yet.</summary>
    public void Add(string name) => Put(new GuardStatus(name, false, Idle, time.GetUtcNow()));

    /// <summary>Says what a guard holds back now.</summary>
    /// <param name="name">The setting that governs it.</param>
    /// <param name="message">What it holds back and how to let it through; <see langword="null"/> when it holds nothing back.</param>
    /// <param name="level">How loudly the log says so.</param>
    public void Set(string name, string? message, LogLevel level = LogLevel.Error)
    {
        lock (_lock)
        {
            var before = state.Current.Guards.FirstOrDefault(guard => guard.Name == name);
            if (message is null && before is not { IsActive: true })
                return;
            var isTurn = before?.IsActive != message is not null;
            if (!isTurn && before!.Message == message)
                return;
            var guard = new GuardStatus(name, message is not null, message ?? Idle, isTurn ? time.GetUtcNow() : before!.Since);
            Put(guard);
            if (isTurn)
                Tell(guard, level);
        }
    }

    private void Tell(GuardStatus guard, LogLevel level)
    {
        events.Publish(new GuardEvent(guard));
        if (guard.IsActive)
            Log.HoldsBack(logger, level, guard.Name, guard.Message);
        else
            Log.Over(logger, guard.Name);
    }

    private void Put(GuardStatus guard) =>
        state.Update(status => status with { Guards = [.. status.Guards.Where(other => other.Name != guard.Name), guard] });
}
