using Etcdserverpb;
using Grpc.Core;
using Grpc.Net.Client;
using VpcRouter.Plugins;

namespace VpcRouter.Romana.Etcd;

/// <summary>
/// One connection to one member of etcd. It is never repaired: whoever finds it wanting disposes of it and makes another, which reads the
/// certificates and logs in anew.
/// </summary>
internal sealed class EtcdConnection : IDisposable
{
    // A topology of 16 MiB, twice: etcd's own limit for a request is 1.5 MiB unless it was raised.
    private const int MaximumMessageBytes = 32 * 1024 * 1024;

    private readonly EtcdCertificates? _certificates;
    private readonly GrpcChannel _channel;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    private EtcdConnection(EtcdEndpoint endpoint, RomanaSettings settings, TimeProvider time)
    {
        _timeout = settings.EtcdTimeout;
        _time = time;
        _certificates = ReadCertificates(settings);
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = _timeout,
            UseProxy = false,
            SslOptions = _certificates?.ToOptions() ?? new(),
        };
        _channel = GrpcChannel.ForAddress(endpoint.Uri, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MaximumMessageBytes,
            ThrowOperationCanceledOnCancellation = true,
        });
        Keys = new KV.KVClient(_channel);
        Watches = new Watch.WatchClient(_channel);
    }

    public KV.KVClient Keys { get; }

    public Watch.WatchClient Watches { get; }

    /// <summary>
    /// What goes along with each call: the login's token, and the demand that the member answers only while its cluster has a leader, so that
    /// one that is cut off from the others is left instead of believed.
    /// </summary>
    public Metadata Headers { get; } = new() { { "hasleader", "true" } };

    /// <summary>Connects, and logs in where the settings name a user.</summary>
    /// <exception cref="EtcdException">It isn't possible now.</exception>
    public static async Task<EtcdConnection> OpenAsync(EtcdEndpoint endpoint, RomanaSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new EtcdConnection(endpoint, settings, time);
        try
        {
            if (settings.EtcdUser is { } user)
                await connection.LogInAsync(user, settings.EtcdPassword!, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes a call that must be answered within the time-out, and puts what goes wrong into words.</summary>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await call(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && (limit.IsCancellationRequested || EtcdException.IsFailedCall(e)))
        {
            throw limit.IsCancellationRequested ? new EtcdException($"no answer within {_timeout.TotalSeconds} s", e) : EtcdException.Of(e);
        }
    }

    public void Dispose()
    {
        _channel.Dispose();
        _certificates?.Dispose();
    }

    private static EtcdCertificates? ReadCertificates(RomanaSettings settings)
    {
        try
        {
            return EtcdCertificates.Read(settings);
        }
        catch (PluginException e)
        {
            throw new EtcdException(e.Message, e);
        }
    }

    private async Task LogInAsync(string user, string password, CancellationToken cancellationToken)
    {
        var request = new AuthenticateRequest { Name = user, Password = password };
        try
        {
            var client = new Auth.AuthClient(_channel);
            var response = await CallAsync(limited => client.AuthenticateAsync(request, Headers, cancellationToken: limited).ResponseAsync, cancellationToken).ConfigureAwait(false);
            Headers.Add("token", response.Token);
        }
        catch (EtcdException e) when (e.InnerException is RpcException { StatusCode: StatusCode.FailedPrecondition })
        {
            // An etcd that asks nobody who he is has no tokens to give, and serves everybody.
        }
        catch (EtcdException e) when (e.InnerException is RpcException { StatusCode: StatusCode.InvalidArgument or StatusCode.Unauthenticated })
        {
            throw new EtcdException($"etcd refuses the login of --etcd-user \"{user}\": {e.Message}", e);
        }
    }
}
