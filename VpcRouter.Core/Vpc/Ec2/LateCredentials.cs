using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace VpcRouter.Vpc.Ec2;

/// <summary>
/// The SDK's usual chain of credentials, asked at the first call and again as long as it has none. The client itself would ask
/// when it is made, and end the process where credentials come late or not at all. Thread-safe.
/// </summary>
internal sealed class LateCredentials : AWSCredentials
{
    private volatile AWSCredentials? _found;

    /// <exception cref="AmazonClientException">There are none.</exception>
    public override ImmutableCredentials GetCredentials() => Find().GetCredentials();

    /// <exception cref="AmazonClientException">There are none.</exception>
    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        // The chain waits for instance metadata without giving the thread back.
        var found = _found ?? await Task.Run(Find).ConfigureAwait(false);
        return await found.GetCredentialsAsync().ConfigureAwait(false);
    }

    private AWSCredentials Find() => _found ??= DefaultAWSCredentialsIdentityResolver.GetCredentials();
}
