using System.Text.Json.Serialization;

namespace Sluice.Storage.Members;

/// <summary>What a member may do in the whole tenant. The numbers are stored.</summary>
public enum TenantRole : short
{
    /// <summary>Exactly one in a tenant; may do everything in it.</summary>
    [JsonStringEnumMemberName("owner")]
    Owner = 0,

    /// <summary>As the owner, except making administrators and handing the tenant over.</summary>
    [JsonStringEnumMemberName("administrator")]
    Administrator = 1,

    /// <summary>Works in the projects that it is in.</summary>
    [JsonStringEnumMemberName("member")]
    Member = 2,
}
