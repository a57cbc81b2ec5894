namespace VpcRouter.AspNetCore.Responses;

/// <summary>The form in which a page is answered.</summary>
internal enum ResponseForm
{
    /// <summary>None that the client takes.</summary>
    None,

    /// <summary>Indented JSON as plain text.</summary>
    Text,

    /// <summary>Compact JSON.</summary>
    Json,

    /// <summary>A page for a browser.</summary>
    Html,
}
