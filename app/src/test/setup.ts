import { messages } from 'virtual:texts/en';
import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeAll } from 'vitest';
import { fetchFloating } from '@/components/ui/floating';
import { i18n } from '@/i18n/i18n';

// What is awaited comes late on a machine that does much else besides.
configure({ asyncUtilTimeout: 5000 });

// Parts are shown without their page, so nobody brings their texts.
i18n.load('en', { ...messages });

// A reader's browser has fetched menus and dialogs before he opens one.
beforeAll(fetchFloating);
afterEach(cleanup);
