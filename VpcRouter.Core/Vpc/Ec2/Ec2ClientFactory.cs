using System.Net;
using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace VpcRouter.Vpc.Ec2;

/// <summary>Makes EC2 clients with the short deadlines that a reconcile loop wants; looks are repeated twice, writes never: the loop is the real retry.</summary>
public static class Ec2ClientFactory
{
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Makes a client.</summary>
    /// <param name="region">The AWS region.</param>
    /// <param name="endpointUrl">An endpoint other than Amazon's, or <see langword="null"/>. One on loopback needs no credentials.</param>
    public static IAmazonEC2 Create(string region, Uri? endpointUrl = null)
    {
        var config = new AmazonEC2Config { Timeout = CallDeadline, ConnectTimeout = CallDeadline, MaxErrorRetry = 2 };
        if (endpointUrl is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            return new LoopRetriedClient(new LateCredentials(), config);
        }

        config.ServiceURL = endpointUrl.ToString();
        config.AuthenticationRegion = region;
        AWSCredentials credentials = IsLoopback(endpointUrl) && !HasCredentials() ? new BasicAWSCredentials("loopback", "loopback") : new LateCredentials();
        return new LoopRetriedClient(credentials, config);
    }

    private static bool IsLoopback(Uri url) => url.IsLoopback || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address));

    // Asking the SDK's whole chain would go to instance metadata and wait for it.
    private static bool HasCredentials() =>
        Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") is { Length: > 0 }
        || new CredentialProfileStoreChain().TryGetProfile(Environment.GetEnvironmentVariable("AWS_PROFILE") ?? "default", out _);
}
