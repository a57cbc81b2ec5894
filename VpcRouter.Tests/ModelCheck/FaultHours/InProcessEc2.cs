using System.Net;
using System.Net.Http.Headers;
using Amazon.EC2;
using Amazon.Runtime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Simulator.Endpoint;
using VpcRouter.Simulator.Model;
using HttpClientFactory = Amazon.Runtime.HttpClientFactory;

namespace VpcRouter.Tests.ModelCheck.FaultHours;

/// <summary>
/// Carries requests to the simulator's EC2 endpoint by a call instead of a connection, so that the AWS client and the endpoint both run
/// on a test's clock: sockets, and the client's own deadline, know only the system's.
/// </summary>
internal sealed class InProcessEc2(SimulatedVpc vpc, TimeProvider time) : HttpMessageHandler
{
    // The product's own, see Ec2ClientFactory.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private readonly Ec2Endpoint _endpoint = new(vpc, time, NullLogger<Ec2Endpoint>.Instance);

    /// <summary>A client of that VPC. It doesn't try again by itself: its pauses would be real ones.</summary>
    public static IAmazonEC2 Connect(SimulatedVpc vpc, TimeProvider time) => new AmazonEC2Client(new BasicAWSCredentials("id", "secret"), new AmazonEC2Config
    {
        ServiceURL = "http://ec2.invalid",
        AuthenticationRegion = vpc.Region,
        MaxErrorRetry = 0,
        HttpClientFactory = new Factory(new InProcessEc2(vpc, time)),
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Deadline, time);
        using var aborted = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var lifetime = new Lifetime { RequestAborted = aborted.Token };
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        context.Request.Method = request.Method.Method;
        context.Request.Body = new MemoryStream(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        context.Response.Body = answer;
        try
        {
            await _endpoint.HandleAsync(context);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // Told below: the caller has given up, whatever the endpoint still did.
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (limit.IsCancellationRequested)
            throw new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout.", new TimeoutException());
        if (lifetime.IsReset)
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was reset.", new IOException("Connection reset by peer"));
        var content = new ByteArrayContent(answer.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/xml");
        return new HttpResponseMessage((HttpStatusCode)context.Response.StatusCode) { Content = content, RequestMessage = request };
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public bool IsReset { get; private set; }

        public void Abort() => IsReset = true;
    }

    private sealed class Factory(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false);
    }
}
