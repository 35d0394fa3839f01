# The text of “transhume guide”: what to export, and how. Steps and notes are
# numbered without gaps; `.command` is a line to type.

guide-title = What to get off your phone
guide-intro = Every file tells a little more. This is what transhume reads, the most useful first. Begin with what you have; the rest can follow later, in any order. Everything is read on your computer: nothing is sent anywhere.
guide-1 = Signal’s export, if you use Signal already: it tells which of your people are there. One file, a few minutes.
    .command = transhume guide signal
guide-2 = WhatsApp’s encrypted backup on Android with its key, or an iPhone’s own backup on a computer: one file instead of hundreds, with all chats and everybody in every group.
    .command = transhume guide android
guide-3 = Your address book: without it, a chat has only names and no numbers.
    .command = transhume guide contacts
guide-4 = WhatsApp’s group chats, the busiest first: a single one makes many people known.
    .command = transhume guide android
guide-5 = WhatsApp’s chats with one person, for those who matter to you: they tell whom you really talk to.
guide-6 = WhatsApp’s account report: in WhatsApp, Settings › Account › Request account info. It is ready in about three days, and holds your number, the numbers of your contacts and the names of your groups: transhume then tells which chats are still missing.
    .command = transhume migrate ~/Downloads/"My account info.zip"
guide-note-1 = For groups and chats on an iPhone:
    .command = transhume guide iphone
guide-note-2 = transhume never signs in to WhatsApp, and keeps no messages.
guide-then = When the files are on your computer, for example in Downloads, type:
    .command = transhume migrate ~/Downloads

guide-transfer-title = Bringing them to the computer
guide-transfer-1 = By USB cable, or straight from device to device (Quick Share, AirDrop, LocalSend): the files pass through no server.
guide-transfer-2 = Better not by e-mail to yourself or through an online drive: a copy stays there.
guide-transfer-3 = When you have your result, delete the exports from phone and computer: everything in them can be read by anybody.

guide-android-title = WhatsApp on Android
guide-android-intro = WhatsApp exports one chat at a time. Begin with the groups in which you have the most people to find again. The names of menus can differ a little from version to version.
guide-android-1 = Open the chat in WhatsApp.
guide-android-2 = Tap ⋮ at the top right, then More › Export chat.
guide-android-3 = Choose “Without media”: photos are of no use here, and the export reaches further back.
guide-android-4 = In the list that opens, save the file on the phone or send it to your computer. Leave its name as it is: it holds the name of the chat.
guide-android-5 = Do the same with the next chats. Five to ten are enough for a first result.
guide-android-note-1 = An export ends at about 40,000 messages (10,000 with media): the oldest are missing, and WhatsApp does not say so.
guide-android-note-2 = If “Export chat” is missing or refused, “Advanced chat privacy” is on in that chat. It is set in the chat’s info; in a group, ask whoever turned it on.
guide-android-note-3 = A group shows only those who wrote, came or left. The others are missing.
guide-android-note-4 = Where messages disappear after a while, an export has only those that are still there: export such a chat first, and keep the file.
guide-android-note-5 = All chats at once: in WhatsApp, Settings › Chats › Chat backup › End-to-end encrypted backup. Turn it on, choose “Use 64-digit encryption key” and write the key down. Then back up, and copy msgstore.db.crypt15 and wa.db.crypt15 from Android/media/com.whatsapp/WhatsApp on the phone (folders Databases and Backups). Put the key in a file:
    .command = transhume migrate --backup-key key.txt ~/Downloads
guide-android-note-6 = A password instead of the 64 digits does not help: only WhatsApp’s servers can make a key of it. With access to the phone’s inside (root), msgstore.db and wa.db can be given as they are, together with the files beside them that end in -wal.
guide-android-note-7 = The names are in wa.db alone. Without it, or where it is empty, give your address book.

guide-iphone-title = WhatsApp on an iPhone
guide-iphone-intro = WhatsApp exports one chat at a time. Begin with the groups in which you have the most people to find again. The names of menus can differ a little from version to version.
guide-iphone-1 = Open the chat in WhatsApp.
guide-iphone-2 = Tap the name of the contact or group at the top.
guide-iphone-3 = At the very bottom, tap “Export Chat”.
guide-iphone-4 = Choose “Without Media”: photos are of no use here, and the export reaches further back.
guide-iphone-5 = Choose AirDrop to your computer, or “Save to Files”. The file is called “WhatsApp Chat - … .zip”: give it as it is.
guide-iphone-6 = Do the same with the next chats. Five to ten are enough for a first result.
guide-iphone-note-1 = An export ends at about 40,000 messages (10,000 with media): the oldest are missing, and WhatsApp does not say so.
guide-iphone-note-2 = If “Export Chat” is missing or refused, “Advanced chat privacy” is on in that chat. It is set in the chat’s info; in a group, ask whoever turned it on.
guide-iphone-note-3 = A group shows only those who wrote, came or left. The others are missing.
guide-iphone-note-4 = Where messages disappear after a while, an export has only those that are still there: export such a chat first, and keep the file.
guide-iphone-note-5 = All chats at once: connect the iPhone by cable, and in Finder (or iTunes) back up to this computer without “Encrypt local backup”. Give the folder; on a Mac it is in ~/Library/Application Support/MobileSync/Backup, and the terminal may need “Full Disk Access”.
    .command = transhume migrate ~/Library/Application\ Support/MobileSync/Backup
guide-iphone-note-6 = That backup holds the whole phone, readable by anybody: turn the encryption on again and back up once more when you are done. A backup in iCloud cannot be read.

guide-signal-title = Signal’s export
guide-signal-intro = Signal can write down in a readable file who is in your list. Nothing yields more: the number of every contact, and whether they are on Signal. Update Signal first.
guide-signal-1 = On the computer, in Signal Desktop: File › Preferences (on a Mac: Signal › Settings), page Chats. On Android: Settings › Chats.
guide-signal-2 = Find the line that offers to export your chat history, and press its export button.
guide-signal-3 = Leave out the media: they are of no use here.
guide-signal-4 = Confirm with the password of the device and choose a folder. You will find a folder “signal-export-…” in it with a file “main.jsonl”: that is the one.
guide-signal-5 = Give that folder to transhume as it is.
    .command = transhume migrate ~/Downloads/signal-export-*
guide-signal-note-1 = This export holds keys and all your messages, readable by anybody. Delete it as soon as you are done, and empty the bin. transhume keeps only contacts and dates of it.
guide-signal-note-2 = If the line is missing, your version is too old or your device does not have it yet: try on the computer.
guide-signal-note-3 = Somebody who is not in it may still be on Signal: they may have hidden their number.
guide-signal-note-4 = If you cannot make this export but have Signal Desktop on this computer, transhume can read its database, and does so only if you ask for it. It says what it opens, asks your keyring for the key, and changes nothing.
    .command = transhume import --signal-desktop

guide-contacts-title = Your address book
guide-contacts-intro = One of these ways is enough: the one for the place where your contacts are. The names of menus can differ a little from version to version.
guide-contacts-1 = Android: Contacts app › Fix & manage (or Organise) › Export to file. You get a .vcf file. On Samsung: Contacts › ☰ › Manage contacts › Import or export contacts.
guide-contacts-2 = Google, in a browser: contacts.google.com › Export › Google CSV. You get a file contacts.csv.
guide-contacts-3 = iPhone: Contacts › Lists, hold your finger on the list, then Export. You get a .vcf file.
guide-contacts-4 = iCloud, in a browser: icloud.com › Contacts, select all contacts, then Export vCard.
guide-contacts-note-1 = Give a .csv file by its name: from a folder, transhume takes only .vcf files and those that it surely knows.
guide-contacts-note-2 = Numbers without a country code need the country: add --region FR, for example.
