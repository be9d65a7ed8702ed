using System.Text.Json.Serialization;

namespace Sluice.Storage.Control.Members;

/// <summary>A member's role in the whole tenant. The numbers are stored.</summary>
public enum TenantRole : short
{
    /// <summary>Exactly one per tenant; may do everything in it.</summary>
    [JsonStringEnumMemberName("owner")]
    Owner = 0,

    /// <summary>May do everything the owner may, except appoint administrators and transfer the tenant.</summary>
    [JsonStringEnumMemberName("administrator")]
    Administrator = 1,

    /// <summary>Works in the projects it is a member of.</summary>
    [JsonStringEnumMemberName("member")]
    Member = 2,
}
