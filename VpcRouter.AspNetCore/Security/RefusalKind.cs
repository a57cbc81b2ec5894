namespace VpcRouter.AspNetCore.Security;

/// <summary>Why a request is turned away at the door.</summary>
internal enum RefusalKind
{
    ForeignHost,
    TokenInUrl,
    ForeignPage,
    TokenMissing,
    TokenWrong,
    NoTokenSet,
}
