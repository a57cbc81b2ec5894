using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.Cli.Doctor;

/// <summary>What became of a first contact with the endpoint. Immutable.</summary>
/// <param name="Url">The endpoint.</param>
/// <param name="Addresses">What its name resolves to.</param>
/// <param name="Date">What time it is there; <see langword="null"/> when it didn't say.</param>
/// <param name="AskedAt">What time it was here, halfway between question and answer.</param>
/// <param name="Error">Why it can't be reached; <see langword="null"/> when it answered.</param>
internal sealed record EndpointAnswer(Uri Url, ImmutableArray<IPAddress> Addresses, DateTimeOffset? Date, DateTimeOffset AskedAt, string? Error)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>Knocks, without credentials: any answer will do.</summary>
    public static async Task<EndpointAnswer> KnockAsync(Uri url, TimeProvider time, CancellationToken cancellationToken)
    {
        var addresses = ImmutableArray<IPAddress>.Empty;
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            addresses = [.. await Dns.GetHostAddressesAsync(url.DnsSafeHost, either.Token).ConfigureAwait(false)];
            // Amazon redirects whoever comes without a question to a page about EC2: the redirect is answer enough.
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
            using var request = new HttpRequestMessage(HttpMethod.Head, url);
            var before = time.GetUtcNow();
            using var answer = await client.SendAsync(request, either.Token).ConfigureAwait(false);
            return new EndpointAnswer(url, addresses, answer.Headers.Date, before + ((time.GetUtcNow() - before) / 2), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EndpointAnswer(url, addresses, null, time.GetUtcNow(), $"no answer within {Deadline.TotalSeconds} s");
        }
        catch (Exception e) when (e is HttpRequestException or System.Net.Sockets.SocketException or IOException)
        {
            return new EndpointAnswer(url, addresses, null, time.GetUtcNow(), e.Message);
        }
    }
}
