namespace Sluice.Api.Management.Notifications;

/// <summary>The endpoints tagged "Notifications".</summary>
internal sealed class NotificationsEndpoints() : ManagementGroup("Notifications");
