using Sluice.Metering.Identity;

namespace Sluice.Api.Wire;

/// <summary>A tenant's id in a path; 0 where the text is no id, which no tenant has.</summary>
internal readonly record struct TenantId(long Value)
{
    public static bool TryParse(string? text, out TenantId id)
    {
        id = new(Ids.Read(IdText.Tenant, text));
        return true;
    }
}
