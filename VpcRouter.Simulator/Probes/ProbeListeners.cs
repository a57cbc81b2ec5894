using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Probes;

/// <summary>Keeps a listener open for every IPv4 address of every host that answers, and none for the others.</summary>
internal sealed partial class ProbeListeners : IDisposable
{
    // A free port of one address may be taken on another; a handful of tries finds one that is free on all.
    private const int FreePortTries = 20;

    private readonly Lock _gate = new();
    private readonly SimulatedVpc _vpc;
    private readonly TimeProvider _time;
    private readonly ILogger<ProbeListeners> _logger;
    private readonly Dictionary<IPAddress, ProbeListener> _open = [];
    private bool _disposed;

    private ProbeListeners(SimulatedVpc vpc, TimeProvider time, ILogger<ProbeListeners> logger)
    {
        _vpc = vpc;
        _time = time;
        _logger = logger;
    }

    public int Port { get; private set; }

    /// <summary>Opens the listeners on a port, or with 0 on one that is free on every address.</summary>
    /// <exception cref="IOException">An address can't be bound.</exception>
    public static ProbeListeners Open(SimulatedVpc vpc, int port, TimeProvider time, ILogger<ProbeListeners> logger)
    {
        var listeners = new ProbeListeners(vpc, time, logger);
        try
        {
            for (var attempt = 1; !listeners.TryOpen(port, isLast: port != 0 || attempt == FreePortTries); attempt++)
                listeners.CloseAll();
        }
        catch
        {
            listeners.CloseAll();
            throw;
        }

        vpc.HostsChanged += listeners.Follow;
        return listeners;
    }

    public void Dispose()
    {
        _vpc.HostsChanged -= Follow;
        lock (_gate)
        {
            _disposed = true;
            CloseAll();
        }
    }

    private bool TryOpen(int port, bool isLast)
    {
        Port = port;
        try
        {
            foreach (var address in Answering())
            {
                var listener = ProbeListener.Open(address, Port, _time, _logger);
                _open.Add(address, listener);
                Port = listener.Port;
            }

            return true;
        }
        catch (IOException) when (!isLast)
        {
            return false;
        }
    }

    /// <summary>Looks at the newest state itself, so that it doesn't matter in which order notifications arrive.</summary>
    private void Follow()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            var answering = Answering().ToHashSet();
            foreach (var silent in _open.Keys.Where(a => !answering.Contains(a)).ToList())
            {
                _open.Remove(silent, out var listener);
                listener?.Dispose();
            }

            foreach (var address in answering.Where(a => !_open.ContainsKey(a)))
                Reopen(address);
        }
    }

    private void Reopen(IPAddress address)
    {
        try
        {
            _open.Add(address, ProbeListener.Open(address, Port, _time, _logger));
        }
        catch (IOException e)
        {
            // The next change of any host tries again; failing the change itself would leave VPC and caller at odds.
            LogNotReopened(e, address, Port);
        }
    }

    private IEnumerable<IPAddress> Answering()
    {
        var model = _vpc.Model;
        return model.HostOrder.Select(a => model.Hosts[a]).Where(model.IsAnswering)
            .SelectMany(h => h.Addresses).Where(a => a.AddressFamily == AddressFamily.InterNetwork);
    }

    private void CloseAll()
    {
        foreach (var listener in _open.Values)
            listener.Dispose();
        _open.Clear();
    }
}
