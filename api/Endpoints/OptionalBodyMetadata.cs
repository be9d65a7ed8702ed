namespace Sluice.Api.Endpoints;

/// <summary>Marks endpoints that take requests without a body.</summary>
internal sealed class OptionalBodyMetadata
{
    public static readonly OptionalBodyMetadata Instance = new();
}
