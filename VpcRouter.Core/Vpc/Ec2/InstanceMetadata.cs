using System.Net;

namespace VpcRouter.Vpc.Ec2;

/// <summary>
/// Reads EC2 instance metadata, version 2 only: a token first, then the values. Honours <c>AWS_EC2_METADATA_DISABLED</c> and
/// <c>AWS_EC2_METADATA_SERVICE_ENDPOINT</c>. Thread-safe.
/// </summary>
public sealed class InstanceMetadata
{
    private const string DefaultEndpoint = "http://169.254.169.254/";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);
    private readonly HttpMessageHandler? _handler;
    private readonly Func<string, string?> _environment;
    private readonly TimeProvider _time;

    /// <summary>Reads the metadata of the machine that this runs on.</summary>
    public InstanceMetadata()
        : this(null)
    {
    }

    internal InstanceMetadata(HttpMessageHandler? handler, Func<string, string?>? environment = null, TimeProvider? time = null)
    {
        _handler = handler;
        _environment = environment ?? Environment.GetEnvironmentVariable;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The region that the machine is in.</summary>
    /// <exception cref="InstanceMetadataException">It can't be had; the message says why.</exception>
    public async Task<string> GetRegionAsync(CancellationToken cancellationToken)
    {
        using var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await session.GetAsync("placement/region", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The VPC of the machine's first interface.</summary>
    /// <exception cref="InstanceMetadataException">It can't be had; the message says why.</exception>
    public async Task<string> GetVpcIdAsync(CancellationToken cancellationToken)
    {
        using var session = await OpenAsync(cancellationToken).ConfigureAwait(false);
        var mac = await session.GetAsync("mac", cancellationToken).ConfigureAwait(false);
        return await session.GetAsync($"network/interfaces/macs/{mac}/vpc-id", cancellationToken).ConfigureAwait(false);
    }

    private async Task<Session> OpenAsync(CancellationToken cancellationToken)
    {
        if (string.Equals(_environment("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            throw new InstanceMetadataException("instance metadata is switched off by AWS_EC2_METADATA_DISABLED");
        var endpoint = _environment("AWS_EC2_METADATA_SERVICE_ENDPOINT") is { Length: > 0 } given ? given : DefaultEndpoint;
        if (!Uri.TryCreate(endpoint.TrimEnd('/') + "/", UriKind.Absolute, out var uri))
            throw new InstanceMetadataException($"AWS_EC2_METADATA_SERVICE_ENDPOINT \"{endpoint}\" is not a URL");
        var client = _handler is null ? new HttpClient(new SocketsHttpHandler { UseProxy = false }) : new HttpClient(_handler, disposeHandler: false);
        client.BaseAddress = uri;
        var session = new Session(client, _time);
        try
        {
            await session.AuthorizeAsync(cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private sealed class Session(HttpClient client, TimeProvider time) : IDisposable
    {
        public async Task AuthorizeAsync(CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "latest/api/token");
            request.Headers.Add("X-aws-ec2-metadata-token-ttl-seconds", "60");
            client.DefaultRequestHeaders.Add("X-aws-ec2-metadata-token", await SendAsync(request, cancellationToken).ConfigureAwait(false));
        }

        public async Task<string> GetAsync(string path, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "latest/meta-data/" + path);
            return await SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        public void Dispose() => client.Dispose();

        private async Task<string> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var deadline = new CancellationTokenSource(Deadline, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            try
            {
                using var response = await client.SendAsync(request, either.Token).ConfigureAwait(false);
                return response.StatusCode == HttpStatusCode.OK
                    ? (await response.Content.ReadAsStringAsync(either.Token).ConfigureAwait(false)).Trim()
                    : throw new InstanceMetadataException($"instance metadata answered {(int)response.StatusCode} to {request.RequestUri}");
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new InstanceMetadataException("instance metadata did not answer within 2 s (this is no EC2 instance, or a container while the instance's metadata hop limit is 1)");
            }
            catch (HttpRequestException e)
            {
                throw new InstanceMetadataException("instance metadata can't be reached: " + e.Message);
            }
        }
    }
}
