using System.Net;
using System.Net.Sockets;
using VpcRouter.Cli.Server;

namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>The HTTP server can listen where it is told to.</summary>
internal sealed class ListenCheck : ICheck
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    public string Name => "listen address";

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken)
    {
        var (address, port) = (facts.Settings.General.Address, facts.Settings.General.Port);
        try
        {
            foreach (var resolved in ListenAddress.Resolve(address))
            {
                using var listener = new TcpListener(resolved, port);
                listener.Start();
            }

            return [Finding.Ok(port == 0 ? $"{address} takes any free port" : $"{address} port {port} is free")];
        }
        catch (Settings.UsageException e)
        {
            return [Finding.Failed(e.Message, "give an address of this machine")];
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return await IsRouterAsync(address, port, cancellationToken).ConfigureAwait(false)
                ? [Finding.Warning($"{address} port {port} is in use by a VpcRouter that runs already", "two routers for one VPC are one too many: stop that one before another is started")]
                : [Finding.Failed($"{address} port {port} is in use", "give another --port, or end what listens there")];
        }
        catch (SocketException e)
        {
            return [Finding.Failed($"{address} port {port} can't be listened on: {e.Message}", e.SocketErrorCode == SocketError.AccessDenied ? "give a --port above 1023, or grant CAP_NET_BIND_SERVICE" : "give an --address of this machine")];
        }
    }

    // Only its own health page says so in these words.
    private static async Task<bool> IsRouterAsync(string address, int port, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var client = new HttpClient();
            var host = IPAddress.TryParse(address, out var parsed) ? parsed.Equals(IPAddress.Any) ? "127.0.0.1" : parsed.Equals(IPAddress.IPv6Any) ? "::1" : address : address;
            using var answer = await client.GetAsync(new UriBuilder("http", host, port, "/healthz").Uri, either.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
