using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VpcRouter.Hosting.Events;

namespace VpcRouter.AspNetCore.Events;

/// <summary>
/// Listens to the router, writes each event once for all who read along, and keeps the last hour. The router never waits for it, and it
/// never waits for a reader. Thread-safe.
/// </summary>
internal sealed partial class EventFeed : BackgroundService
{
    private const int Unread = 16_384;
    private const int KeptItems = 4096;
    private const long KeptBytes = 8 * 1024 * 1024;
    private readonly RouterEventSubscription? _subscription;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FailoverTracker _failovers = new();
    private readonly ILogger _logger;
    private long _lost;

    // Listening begins here and not when the host starts it: the router may start earlier.
    public EventFeed(TimeProvider time, ILogger<EventFeed> logger, IRouterEvents? events = null)
    {
        _logger = logger;
        _subscription = events?.Subscribe(Unread);
        Timeline = new Timeline(time);
        Epoch = time.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Tells this process's events from those of another that had the same numbers.</summary>
    public string Epoch { get; }

    public EventRing Ring { get; } = new(KeptItems, KeptBytes);

    public Timeline Timeline { get; }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
        // As in the router's own service: stopped before it has begun, it would be called a failure.
        await Task.WhenAny(_begun.Task, ExecuteTask!).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _subscription?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _begun.TrySetResult();
        if (_subscription is null)
            return;
        try
        {
            await foreach (var happened in _subscription.Events.ReadAllAsync(stoppingToken).ConfigureAwait(false))
                TakeIn(happened);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end of the program, not of the router's events.
        }
    }

    // One event that can't be written must not end the telling of all that come after it.
    private void TakeIn(RouterEvent happened)
    {
        try
        {
            TellLost();
            var (type, data) = EventJson.Of(happened);
            // The timeline first: who reads the ring's end and then the timeline must miss nothing that lies before that end.
            if (Timeline.KeyOf(happened) is { Belongs: true } subject)
                Timeline.Add(new TimelineEntry(happened.At, type, subject.Key, data));
            Ring.Add(type, data);
            foreach (var failover in _failovers.On(happened))
            {
                var told = EventJson.Of(failover);
                Timeline.Add(new TimelineEntry(failover.LastAnsweredAt ?? failover.DecidedAt, "failover", $"failover {failover.Id}", told));
                Ring.Add("failover", told);
            }
        }
        catch (Exception e)
        {
            LogCantTell(happened.GetType().Name, e);
        }
    }

    private void TellLost()
    {
        var lost = _subscription!.Lost;
        if (lost == _lost)
            return;
        Ring.Add("lost", EventJson.Lost(lost - _lost));
        _lost = lost;
    }
}
