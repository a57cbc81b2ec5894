using System.Net;
using System.Net.Sockets;

namespace VpcRouter.Romana.Tests.Support;

/// <summary>
/// A TCP proxy that can fall silent: connections stay open, and nothing comes through any more, as when a firewall has forgotten them.
/// Connections that were silenced never speak again; those made after <see cref="Heal"/> do.
/// </summary>
internal sealed class SilentProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly List<TcpClient> _open = [];
    private readonly int _target;
    private readonly Task _accepting;
    private CancellationTokenSource _silence = new();
    private bool _isSilent;

    public SilentProxy(int target, string address = "127.0.0.1")
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Parse(address), 0);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Silence()
    {
        lock (_open)
        {
            _isSilent = true;
            _silence.Cancel();
        }
    }

    public void Heal()
    {
        lock (_open)
        {
            _isSilent = false;
            _silence = new CancellationTokenSource();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var client in _open)
            client.Dispose();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var near = await _listener.AcceptTcpClientAsync(_ending.Token);
            CancellationToken silence;
            bool isSilent;
            lock (_open)
            {
                _open.Add(near);
                silence = _silence.Token;
                isSilent = _isSilent;
            }

            if (!isSilent)
                _ = ForwardAsync(near, silence);
        }
    }

    private async Task ForwardAsync(TcpClient near, CancellationToken silence)
    {
        var far = new TcpClient();
        lock (_open)
            _open.Add(far);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(silence, _ending.Token);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target, end.Token);
            var copies = (Up: near.GetStream().CopyToAsync(far.GetStream(), end.Token), Down: far.GetStream().CopyToAsync(near.GetStream(), end.Token));
            await await Task.WhenAny(copies.Up, copies.Down);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            if (end.IsCancellationRequested)
                return;
        }

        near.Dispose();
        far.Dispose();
    }
}
