using Amazon.EC2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace VpcRouter.Vpc.Ec2;

/// <summary>
/// An EC2 client that repeats looks, but no writes: those are paced by a token each, and a repetition behind the router's back would be
/// one more call that EC2 counts and nobody sees.
/// </summary>
internal sealed class LoopRetriedClient(AWSCredentials credentials, AmazonEC2Config config) : AmazonEC2Client(credentials, config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new OnlyLooks(Config)));
    }

    // The one failure that is repeated for any call, a clock that is wrong, is dealt with before this is asked.
    private sealed class OnlyLooks(IClientConfig config) : StandardRetryPolicy(config)
    {
        public override bool RetryForException(IExecutionContext executionContext, Exception exception) =>
            IsLook(executionContext) && base.RetryForException(executionContext, exception);

        public override async Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception) =>
            IsLook(executionContext) && await base.RetryForExceptionAsync(executionContext, exception).ConfigureAwait(false);

        private static bool IsLook(IExecutionContext executionContext) =>
            executionContext.RequestContext.RequestName.StartsWith("Describe", StringComparison.Ordinal);
    }
}
