using System.Net.Sockets;
using Amazon.EC2;
using Amazon.Runtime;

namespace VpcRouter.Vpc.Ec2;

/// <summary>Translates what the AWS SDK throws. Decides by error code, never by message.</summary>
internal static class Ec2Errors
{
    public static VpcApiException Translate(Exception error) => error switch
    {
        AmazonEC2Exception e => new VpcApiException(KindOf(e), e.ErrorCode ?? e.StatusCode.ToString(), e.Message, e),
        AmazonServiceException e => new VpcApiException(VpcApiErrorKind.Unavailable, e.ErrorCode ?? e.GetType().Name, Deepest(e), e),
        AmazonClientException e when IsAboutCredentials(e) => new VpcApiException(VpcApiErrorKind.Unauthorized, "NoCredentials", "no AWS credentials were found; give an instance role, AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", e),
        OperationCanceledException e => new VpcApiException(VpcApiErrorKind.Unavailable, "Timeout", "the endpoint did not answer in time", e),
        _ => new VpcApiException(VpcApiErrorKind.Unavailable, error.GetType().Name, Deepest(error), error),
    };

    private static bool IsAboutCredentials(AmazonClientException error) =>
        error.InnerException is not (HttpRequestException or IOException or OperationCanceledException);

    private static VpcApiErrorKind KindOf(AmazonEC2Exception error) => error.ErrorCode switch
    {
        "RouteAlreadyExists" => VpcApiErrorKind.RouteAlreadyExists,
        "InvalidRoute.NotFound" => VpcApiErrorKind.RouteNotFound,
        "RouteLimitExceeded" => VpcApiErrorKind.RouteLimitExceeded,
        "RequestLimitExceeded" or "Throttling" or "ThrottlingException" or "RequestThrottled" => VpcApiErrorKind.Throttled,
        "UnauthorizedOperation" or "AuthFailure" or "ExpiredToken" or "RequestExpired" or "InvalidClientTokenId" or "SignatureDoesNotMatch" or "OptInRequired" => VpcApiErrorKind.Unauthorized,
        "InvalidVpcID.NotFound" => VpcApiErrorKind.VpcNotFound,
        _ => (int)error.StatusCode is 0 or >= 500 ? VpcApiErrorKind.Unavailable : VpcApiErrorKind.Refused,
    };

    // Of a failed connection the outer message says more than the socket's own: it names host and port.
    private static string Deepest(Exception error) =>
        error.InnerException is { } inner and not SocketException ? Deepest(inner) : error.Message;
}
