using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Threading.Channels;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Monitors.Ec2Status;

/// <summary>A cloud in which each host is an instance of its own, named after its address; answers as the test says.</summary>
internal sealed class FakeInstances : IInstanceStatusApi
{
    private readonly ConcurrentDictionary<string, InstanceState> _states = new();

    /// <summary>The hosts asked about, one element a poll.</summary>
    public Channel<string[]> Polls { get; } = Channel.CreateUnbounded<string[]>();

    public Exception? FindFails { get; set; }

    public Exception? StatusFails { get; set; }

    /// <summary>Awaited by each question for states.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    public static VpcApiException Error(VpcApiErrorKind kind = VpcApiErrorKind.Unavailable) => new(kind, kind.ToString(), "as the test wants it");

    public void Set(string host, InstanceState state) => _states["i-" + host] = state;

    public Task<ImmutableArray<NetworkInterface>> FindInterfacesAsync(IReadOnlyCollection<IPAddress> addresses, CancellationToken cancellationToken)
    {
        Polls.Writer.TryWrite(RunningMonitor.Names(addresses));
        return FindFails is { } error
            ? Task.FromException<ImmutableArray<NetworkInterface>>(error)
            : Task.FromResult(addresses.Select(address => new NetworkInterface($"eni-{address}", "subnet-1", "us-east-1a", [address]) { InstanceId = $"i-{address}" }).ToImmutableArray());
    }

    public async Task<IReadOnlyDictionary<string, InstanceStatus>> GetStatusAsync(IReadOnlyCollection<string> instanceIds, CancellationToken cancellationToken)
    {
        await Hold.WaitAsync(cancellationToken);
        return StatusFails is { } error ? throw error : instanceIds.ToDictionary(id => id, id => new InstanceStatus(id, _states.GetValueOrDefault(id, InstanceState.Running)));
    }
}
